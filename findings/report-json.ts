import { isJsonObject, type JsonObject } from "./json-fields";
import { ROOT_PATH } from "./json-path";
import { ReportParseError } from "./report-error";

/** Deepest nesting that is read. A real report has about 6 levels; deeper ones would overflow the stack of who prints them. */
export const MAX_REPORT_DEPTH = 64;

/**
 * The object of a report, from its JSON text or as `JSON.parse` gave it. A byte order mark is skipped.
 * @throws ReportParseError if there is no text, no JSON, no object, or one that is nested too deep.
 */
export function readReportJson(report: string | object): JsonObject {
  const value: unknown = typeof report === "string" ? parseText(report) : report;
  if (!isJsonObject(value)) throw unreadable("is no JSON object");
  if (isTooDeep(value)) throw unreadable(`is nested more than ${MAX_REPORT_DEPTH} levels deep`);
  return value;
}

function parseText(report: string): unknown {
  const text = report.replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new ReportParseError("REPORT_EMPTY", ROOT_PATH, "has no content");
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's own message quotes the text, so only the position in it goes on, and the error is no `cause`.
    throw unreadable(syntaxProblem(text, error));
  }
}

function syntaxProblem(text: string, error: unknown): string {
  if (text.trimStart().startsWith("<")) return "is markup (HTML or XML) where JSON was expected";
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position !== undefined) return `is no JSON from character ${position} of ${text.length} on`;
  return `is no JSON, or was cut off (${text.length} characters)`;
}

/** Goes level by level, each object once per level: no recursion, and an object that contains itself ends as too deep. */
function isTooDeep(root: object): boolean {
  let level = new Set<object>([root]);
  for (let depth = 1; level.size > 0; depth += 1) {
    if (depth > MAX_REPORT_DEPTH) return true;
    const next = new Set<object>();
    for (const parent of level) {
      for (const child of Object.values(parent) as unknown[])
        if (typeof child === "object" && child !== null) next.add(child);
    }
    level = next;
  }
  return false;
}

function unreadable(problem: string): ReportParseError {
  return new ReportParseError("REPORT_UNREADABLE", ROOT_PATH, problem);
}
