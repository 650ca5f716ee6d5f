/** The jest projects, in the order in which they are reported. */
export const TEST_PROJECTS = ["unit", "contract", "local", "browser", "scripts", "package", "engine"] as const;
export type TestProject = (typeof TEST_PROJECTS)[number];

export interface TestArguments {
  projects: readonly TestProject[];
  /** What jest is given beside, e.g. a file or `-t`. */
  forJest: readonly string[];
  /** False where something was left out, so that a good end does not mean that all is well. */
  isWholeRun: boolean;
}

/**
 * Reads `--only unit,contract` and what follows for jest; `--only=unit` is the same.
 * @throws Error with the names that there are, where one of the list is none.
 */
export function parseTestArguments(args: readonly string[]): TestArguments {
  const at = args.findIndex((argument) => argument === "--only" || argument.startsWith("--only="));
  if (at === -1) return { projects: TEST_PROJECTS, forJest: args, isWholeRun: args.length === 0 };
  const argument = args[at] ?? "";
  const isJoined = argument.startsWith("--only=");
  const list = isJoined ? argument.slice("--only=".length) : (args[at + 1] ?? "");
  const forJest = [...args.slice(0, at), ...args.slice(at + (isJoined ? 1 : 2))];
  const asked = list.split(",").filter((name) => name !== "");
  const unknown = asked.filter((name) => !isTestProject(name));
  if (asked.length === 0 || unknown.length > 0) {
    throw new Error(`--only takes a list of ${TEST_PROJECTS.join(",")}; it was given "${list}".`);
  }
  const projects = TEST_PROJECTS.filter((name) => asked.includes(name));
  return { projects, forJest, isWholeRun: projects.length === TEST_PROJECTS.length && forJest.length === 0 };
}

function isTestProject(name: string): name is TestProject {
  return TEST_PROJECTS.some((project) => project === name);
}
