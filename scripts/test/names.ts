import type { JestResults } from "./results";

/** Returns each test as `file: full name`, without what differs between checkouts: a name with an error includes its stack. */
export function namesOf({ testResults }: JestResults): string[] {
  return testResults.flatMap(({ name, assertionResults }) => {
    const [path = name] = /(?:local\/)?tests\/.*$/.exec(name.replaceAll("\\", "/")) ?? [];
    return assertionResults.map(({ fullName }) => `${path}: ${fullName.split("\n")[0] ?? ""}`);
  });
}

/** Returns what one run had and the other has not; a name that appears twice counts twice. */
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
