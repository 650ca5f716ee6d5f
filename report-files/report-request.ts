import { dirname, resolve, sep } from "node:path";
import { CrashtestError } from "../errors/errors";
import { plainText } from "../errors/plain-text";
import { type ReportPlace, couldNotWrite } from "./report-file";
import { REPORT_FORMATS, type ReportFormat, isDerivedFormat } from "./report-format";
import { type ServiceRules, SERVICE_NAMES } from "../service/rules";
import { type IdRules, type ScanReference, parseScanReference } from "../service/scan-reference";
import { type ScanAddress, type TargetKind, kindOf } from "../service/service";

/** Which report, and where to write it. */
export type ReportArgs = ScanReference & {
  /**
   * `pdf`, `xml` (JUnit), `json` or `csv`, the service's own: Crashtest Security has no `csv`, and with a webhook only `xml`;
   * Veracode has no `json`. Or, made from the findings of any service and webhook: `sarif` (2.1.0), `junit`, `markdown` or
   * `html`.
   */
  format: ReportFormat;
  /**
   * The file to write, relative to `folder` or else to the program's folder. It is replaced atomically, and readable only by its
   * owner. Its folder is created if it is missing.
   * @default a temporary file, removed when the program ends; the asset has its path
   */
  path?: string | undefined;
  /**
   * A folder that the file cannot leave, relative to the program's folder; it is created if it is missing, and may be a link.
   * Use it if `path` is composed from other strings. `path` is then a name below it, with slashes. Absolute paths, drives,
   * backslashes, a `..` that leaves it, control characters, invisible marks, names of folders and links that lead outside are
   * refused.
   * @default none: `path` may lead anywhere
   */
  folder?: string | undefined;
  /**
   * The fingerprints of known findings; a derived report marks the others as new. Not for `pdf`, `xml`, `json` and
   * `csv`.
   * @default none: nothing is marked
   */
  baseline?: readonly string[] | undefined;
  /**
   * Whether `sarif`, `junit`, `markdown` and `html` are also made for a scan that did not finish (stopped, failed, or with an
   * unknown status). They say so, but a tool that takes them as complete closes earlier findings. The service's own `pdf`, `xml`,
   * `json` and `csv` are always written.
   * @default false
   */
  allowUnfinished?: boolean | undefined;
};

/** The validated arguments of `getReport`. */
export interface ReportRequest {
  readonly source: ScanAddress;
  readonly format: ReportFormat;
  readonly baseline: readonly string[] | undefined;
  readonly allowUnfinished: boolean;
  readonly place: ReportPlace | undefined;
}

/** What decides which reports there are. */
export type ReportRules = Pick<ServiceRules, "kind" | "abilitiesFor">;

/** Checks the arguments, without the file system or the service. @throws CrashtestError `ARGUMENT_INVALID` */
export function parseReportArgs(args: ReportArgs, rules: IdRules & ReportRules): ReportRequest {
  const { format } = args;
  if (!REPORT_FORMATS.includes(format)) throw refused(`format must be one of ${REPORT_FORMATS.join(", ")}`);
  const source = parseScanReference("getReport", args, rules);
  const unavailable = problemOfFormat(format, kindOf(source), rules);
  if (unavailable !== undefined) throw refused(unavailable);
  const allowUnfinished: unknown = args.allowUnfinished ?? false;
  if (typeof allowUnfinished !== "boolean") throw refused("allowUnfinished must be true or false");
  return { source, format, baseline: parseBaseline(format, args.baseline), allowUnfinished, place: parsePlace(args) };
}

/** Returns why a service has no report of this format for this kind of target, and what it has; undefined where it has one. */
export function problemOfFormat(format: ReportFormat, kind: TargetKind, rules: ReportRules): string | undefined {
  const has = (available: TargetKind): boolean =>
    isDerivedFormat(format) || rules.abilitiesFor(available).reportFormats.includes(format);
  if (has(kind)) return undefined;
  const { reportFormats } = rules.abilitiesFor(kind);
  const from = `${kind === "webhook" ? "by webhook " : ""}from ${SERVICE_NAMES[rules.kind]}`;
  const choice = reportFormats.length === 1 ? reportFormats.join() : `one of ${reportFormats.join(", ")}`;
  const byProject = has("project") ? ", or use the project instead of its webhook" : "";
  return `${format} is not available ${from}: request ${choice}${byProject}`;
}

function parseBaseline(format: ReportFormat, baseline: unknown): readonly string[] | undefined {
  if (baseline === undefined) return undefined;
  if (!isDerivedFormat(format)) {
    throw refused(
      `baseline cannot be used with ${format}, which is the service's own report`,
      "Omit it, or request sarif, junit, markdown or html.",
    );
  }
  if (!Array.isArray(baseline) || !baseline.every((item): item is string => typeof item === "string")) {
    throw refused("baseline must be an array of fingerprints (strings)");
  }
  return baseline;
}

const refused = (problem: string, remedy?: string): CrashtestError =>
  new CrashtestError({ code: "ARGUMENT_INVALID", problem: `getReport: ${problem}`, remedy });

const NAME_REMEDY =
  "Use the name of a file below that folder, with slashes between its parts; choose your own if this one comes from elsewhere.";

/**
 * Checks the strings only; `realFolderOf` checks the file system.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` if the path cannot be that of a file, or leaves the folder
 */
export function parsePlace(given: { path?: unknown; folder?: unknown }): ReportPlace | undefined {
  const path = textOf("path", given.path);
  const folder = textOf("folder", given.folder);
  if (path === undefined) {
    if (folder === undefined) return undefined;
    throw refused("path is missing: with folder, set path to the name of the file in it");
  }
  if (path.endsWith("/") || path.endsWith(sep))
    throw couldNotWrite(`"${path}"`, "it ends with a separator, like the path of a folder", "Use the path of a file.");
  if (folder === undefined) return { path: resolve(path), folder: dirname(resolve(path)) };
  const nameProblem = problemOfName(path);
  if (nameProblem !== undefined) throw couldNotWrite(`"${path}" in the folder "${folder}"`, nameProblem, NAME_REMEDY);
  return { path: resolve(folder, path), folder: resolve(folder) };
}

function textOf(argument: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw refused(`${argument} must be a string`);
  if (value === "") throw refused(`${argument} is empty`);
  if (value.includes("\0")) throw refused(`${argument} must not contain the character NUL`);
  return value;
}

/** Returns why a string cannot be the name of a file below a folder, on any system. */
function problemOfName(name: string): string | undefined {
  if (name !== plainText(name)) return "the name contains control characters or invisible marks";
  if (name.includes("\\")) return "the name contains a backslash";
  if (name.startsWith("/")) return "the name is an absolute path";
  if (/^[a-z]:/i.test(name)) return "the name starts with a drive";
  if (leavesItsFolder(name)) return "the name leads out of the folder";
  return /(?:^|\/)\.{1,2}$/.test(name) ? "the name is that of a folder" : undefined;
}

/** Also true for a name that returns to the folder: `../reports/x` reveals what is around it. */
function leavesItsFolder(name: string): boolean {
  let depth = 0;
  return name
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .some((part) => (depth += part === ".." ? -1 : 1) < 0);
}
