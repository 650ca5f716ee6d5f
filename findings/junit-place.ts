/** The elements that decide about a report, and under which each may stand; `undefined` is the root. */
const PARENTS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  testsuites: [undefined],
  testsuite: [undefined, "testsuites", "testsuite"],
  testcase: ["testsuites", "testsuite"],
  failure: ["testcase"],
  error: ["testcase"],
  skipped: ["testcase"],
};

/**
 * What is wrong with an element at its place, or undefined. Elements that nobody has heard of may stand inside the known
 * ones. One that looks like a known one (another case, a prefix) is refused: to pass over it could be to pass over a finding.
 */
export function placeProblemOf(name: string, parent: string | undefined): string | undefined {
  const local = name.slice(name.lastIndexOf(":") + 1).toLowerCase();
  const parents = Object.hasOwn(PARENTS, local) ? PARENTS[local] : undefined;
  if (parents === undefined)
    return parent === undefined ? "begins with another element than a JUnit report" : undefined;
  if (name !== local) return `spells the element ${local} in another way`;
  if (parents.includes(parent)) return undefined;
  return parent === undefined ? "begins with another element than a JUnit report" : `has a ${local} at the wrong place`;
}
