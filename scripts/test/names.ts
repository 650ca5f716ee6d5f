import type { JestResults } from "./results";

/** Each test as `file: full name`, by what two checkouts have alike: a name that holds an error goes on with its stack. */
export function namesOf({ testResults }: JestResults): string[] {
  return testResults.flatMap(({ name, assertionResults }) => {
    const [path = name] = /(?:local\/)?tests\/.*$/.exec(name.replaceAll("\\", "/")) ?? [];
    return assertionResults.map(({ fullName }) => `${path}: ${fullName.split("\n")[0] ?? ""}`);
  });
}

/** What one run had and the other has not; a name that stands twice counts twice. */
export function compareNames(before: readonly string[], after: readonly string[]): { gone: string[]; come: string[] } {
  return { gone: without(before, after), come: without(after, before) };
}

function without(names: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const name of taken) left.set(name, (left.get(name) ?? 0) + 1);
  return names.filter((name) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count <= 0;
  });
}
