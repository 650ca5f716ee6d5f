import { dirname, resolve, sep } from "node:path";
import { plainText } from "../findings/plain-text";
import { CrashtestError } from "../provider/errors";
import { couldNotWrite } from "./report-file-error";

/** Where a report goes: both are absolute, and the path is below the folder as far as names can tell. */
export interface ReportPlace {
  readonly path: string;
  /** What the file cannot leave. It may be a link, which is followed. */
  readonly folder: string;
}

const PATH_REMEDY = "Give the path of a file.";
const NAME_REMEDY =
  "Give the name of a file below that folder, with slashes between its parts; for a name that comes from elsewhere, one of your own.";

/**
 * Looks at the texts only; what is there, `realFolderOf` sees.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` for a path that cannot be that of a file, or that leaves the folder
 */
export function parsePlace(given: { path?: unknown; folder?: unknown }): ReportPlace | undefined {
  const path = textOf("path", given.path);
  const folder = textOf("folder", given.folder);
  if (path === undefined) {
    if (folder === undefined) return undefined;
    throw refused("folder is set and path is not: give the name of the file in it as path");
  }
  const problem = problemOfPath(path);
  if (problem !== undefined) throw couldNotWrite(`"${path}"`, problem, PATH_REMEDY);
  if (folder === undefined) return { path: resolve(path), folder: dirname(resolve(path)) };
  const nameProblem = problemOfName(path);
  if (nameProblem !== undefined) throw couldNotWrite(`"${path}" in the folder "${folder}"`, nameProblem, NAME_REMEDY);
  return { path: resolve(folder, path), folder: resolve(folder) };
}

function textOf(argument: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw refused(`${argument} has to be a text`);
  if (value === "") throw refused(`${argument} is empty`);
  if (value.includes("\0")) throw refused(`${argument} holds a character of the code 0`);
  return value;
}

const refused = (problem: string): CrashtestError =>
  new CrashtestError({ code: "ARGUMENT_INVALID", problem: `getReport: ${problem}` });

const problemOfPath = (path: string): string | undefined =>
  path.endsWith("/") || path.endsWith(sep) ? "it ends like the path of a folder" : undefined;

/** What keeps a text from being the name of a file below a folder, on any system. */
function problemOfName(name: string): string | undefined {
  if (name !== plainText(name)) return "the name holds control characters or invisible marks";
  if (name.includes("\\")) return "the name holds a backslash";
  if (name.startsWith("/")) return "the name is an absolute path";
  if (/^[a-z]:/i.test(name)) return "the name begins with a drive";
  if (leavesItsFolder(name)) return "the name leads out of the folder";
  return /(?:^|\/)\.{1,2}$/.test(name) ? "the name is that of a folder" : undefined;
}

/** Also a name that comes back into it: `../reports/x` says what is around the folder. */
function leavesItsFolder(name: string): boolean {
  let depth = 0;
  return name
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .some((part) => (depth += part === ".." ? -1 : 1) < 0);
}
