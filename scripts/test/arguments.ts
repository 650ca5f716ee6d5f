/** The jest projects, in the order in which they are reported. */
export const TEST_PROJECTS = ["unit", "contract", "local", "browser", "scripts", "package", "engine"] as const;
export type TestProject = (typeof TEST_PROJECTS)[number];

export interface TestArguments {
  projects: readonly TestProject[];
  /** Further arguments for jest, e.g. a file or `-t`. */
  forJest: readonly string[];
  /** Where to write jest's result of each test; undefined if not requested. */
  resultsFile?: string;
  /** False if something was left out, so that success does not mean that everything passed. */
  isWholeRun: boolean;
}

/**
 * Parses `--only unit,contract`, `--results FILE` and the arguments for jest; `--only=unit` is the same.
 * @throws Error with the valid names if one in the list is invalid.
 */
export function parseTestArguments(args: readonly string[]): TestArguments {
  const { value: resultsFile, rest } = takeOption(args, "--results");
  if (resultsFile === "") throw new Error("--results needs the path of a file.");
  const kept = resultsFile === undefined ? {} : { resultsFile };
  const { value: list, rest: forJest } = takeOption(rest, "--only");
  if (list === undefined) return { projects: TEST_PROJECTS, forJest, isWholeRun: forJest.length === 0, ...kept };
  const asked = list.split(",").filter((name) => name !== "");
  const unknown = asked.filter((name) => !isTestProject(name));
  if (asked.length === 0 || unknown.length > 0) {
    throw new Error(`--only must be a list of ${TEST_PROJECTS.join(",")}, but is "${list}".`);
  }
  const projects = TEST_PROJECTS.filter((name) => asked.includes(name));
  const isWholeRun = projects.length === TEST_PROJECTS.length && forJest.length === 0;
  return { projects, forJest, isWholeRun, ...kept };
}

/** Extracts an option's value, as one argument or as two, and returns the other arguments. */
function takeOption(args: readonly string[], name: string): { value?: string; rest: readonly string[] } {
  const at = args.findIndex((argument) => argument === name || argument.startsWith(`${name}=`));
  if (at === -1) return { rest: args };
  const argument = args[at] ?? "";
  const isJoined = argument !== name;
  const value = isJoined ? argument.slice(name.length + 1) : (args[at + 1] ?? "");
  return { value, rest: [...args.slice(0, at), ...args.slice(at + (isJoined ? 1 : 2))] };
}

function isTestProject(name: string): name is TestProject {
  return TEST_PROJECTS.some((project) => project === name);
}
