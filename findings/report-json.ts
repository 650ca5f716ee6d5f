import { isJsonObject, type JsonObject } from "./json-fields";
import { JsonOutline, type JsonOutcome, type OpenList } from "./json-outline";
import { ROOT_PATH } from "./json-path";
import { ReportParseError } from "./report-error";

/** Deepest nesting that is read. A real report has about 6 levels; deeper ones would overflow the stack of who prints them. */
export const MAX_REPORT_DEPTH = 64;

/**
 * The object of a report, from its JSON text or as `JSON.parse` gave it. A byte order mark is skipped.
 * @throws ReportParseError if there is no text, no JSON, no object, or one that is nested too deep.
 */
export function readReportJson(report: string | object): JsonObject {
  if (typeof report !== "string") return rootOf(report);
  const reading = new ReportJsonReading(() => undefined);
  reading.write(report);
  return reading.end();
}

/** Reads the JSON text of a report piece by piece; the items of the lists that somebody opens are not held. */
export class ReportJsonReading {
  readonly #outline: JsonOutline;
  #hasBegun = false;

  constructor(open: OpenList) {
    this.#outline = new JsonOutline(open);
  }

  /** Reads on. What is wrong is said at the end. */
  write(piece: string): void {
    if (piece === "") return;
    this.#outline.write(this.#hasBegun ? piece : piece.replace(/^\uFEFF/, ""));
    this.#hasBegun = true;
  }

  /**
   * The object of the report, in which `[0]` stands for the first list that was opened.
   * @throws as `readReportJson`; the depth of items is not looked at.
   */
  end(): JsonObject {
    const { text } = this.#outline;
    if (text.trim() === "") throw new ReportParseError("REPORT_EMPTY", ROOT_PATH, "has no content");
    const outcome = this.#outline.end();
    if (!("value" in outcome)) throw unreadable(syntaxProblem(text, outcome));
    return rootOf(outcome.value);
  }
}

function rootOf(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw unreadable("is no JSON object");
  if (isTooDeep(value)) throw tooDeep();
  return value;
}

function syntaxProblem(text: string, { position, length }: Exclude<JsonOutcome, { value: unknown }>): string {
  if (text.trimStart().startsWith("<")) return "is markup (HTML or XML) where JSON was expected";
  // The engine's own message quotes the text, so only the position in it goes on.
  if (position !== undefined) return `is no JSON from character ${position} of ${length} on`;
  return `is no JSON, or was cut off (${length} characters)`;
}

/**
 * Goes level by level, each object once per level: no recursion, and an object that contains itself ends as too deep.
 * @param depth the level at which the object itself is; the root is at 1
 */
export function isTooDeep(object: object, depth = 1): boolean {
  let level = new Set([object]);
  for (; level.size > 0; depth += 1) {
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

export const tooDeep = (): ReportParseError => unreadable(`is nested more than ${MAX_REPORT_DEPTH} levels deep`);

/** An error that is about all of the report. */
export function unreadable(problem: string): ReportParseError {
  return new ReportParseError("REPORT_UNREADABLE", ROOT_PATH, problem);
}
