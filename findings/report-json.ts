import { isJsonObject, type JsonObject } from "./json-fields";
import type { TakeItem } from "./json-list-items";
import { JsonOutline, type JsonOutcome, type OpenList } from "./json-outline";
import { ROOT_PATH } from "./json-path";
import { ReportParseError } from "./report-error";
import { MAX_FINDINGS, MAX_OUTLINE_LENGTH, MAX_PART_LENGTH } from "./report-limits";

/** Deepest nesting that is read. A real report has about 6 levels; deeper ones would overflow the stack of who prints them. */
export const MAX_REPORT_DEPTH = 64;

/**
 * The object of a report, from its JSON text, however long, or as `JSON.parse` gave it. A byte order mark is skipped.
 * @throws ReportParseError if there is no text, no JSON, no object, or one that is nested too deep.
 */
export function readReportJson(report: string | object): JsonObject {
  if (typeof report !== "string") return rootOf(report);
  const reading = new ReportJsonReading(() => undefined, false);
  reading.write(report);
  return reading.end();
}

/** Reads the JSON text of a report piece by piece; the items of the lists that somebody opens, its findings, are not held. */
export class ReportJsonReading {
  readonly #outline: JsonOutline;
  #hasBegun = false;
  #itemCount = 0;
  #excess: ReportParseError | undefined;

  /** @param isLimited whether a report beyond a limit (`report-limits`) is refused */
  constructor(
    open: OpenList,
    private readonly isLimited = true,
  ) {
    this.#outline = new JsonOutline((keys) => {
      const take = open(keys);
      return take === undefined ? undefined : this.#limited(take);
    });
  }

  /** Reads on, up to a limit. What is wrong is said at the end. */
  write(piece: string): void {
    if (piece === "" || this.#excess !== undefined) return;
    this.#outline.write(this.#hasBegun ? piece : piece.replace(/^\uFEFF/, ""));
    this.#hasBegun = true;
    if (!this.isLimited) return;
    if (this.#outline.begunLength > MAX_PART_LENGTH) this.#refuse(LONG_FINDING);
    if (this.#outline.outlineLength > MAX_OUTLINE_LENGTH) this.#refuse(LONG_OUTLINE);
  }

  /**
   * The object of the report, in which `[0]` stands for the first list that was opened.
   * @throws as `readReportJson`, and `REPORT_TOO_LARGE` beyond a limit; the depth of items is not looked at.
   */
  end(): JsonObject {
    if (this.#excess !== undefined) throw this.#excess;
    const { text } = this.#outline;
    if (text.trim() === "") throw new ReportParseError("REPORT_EMPTY", ROOT_PATH, "has no content");
    const outcome = this.#outline.end();
    if (!("value" in outcome)) throw unreadable(syntaxProblem(text, outcome));
    return rootOf(outcome.value);
  }

  #limited(take: TakeItem): TakeItem {
    return (text, depth) => {
      this.#itemCount += 1;
      if (this.#itemCount > MAX_FINDINGS) this.#refuse(MANY_FINDINGS);
      if (text.length > MAX_PART_LENGTH) this.#refuse(LONG_FINDING);
      if (this.#excess === undefined) take(text, depth);
    };
  }

  #refuse(problem: string): void {
    this.#excess ??= new ReportParseError("REPORT_TOO_LARGE", ROOT_PATH, problem);
  }
}

const MANY_FINDINGS = `has more than ${MAX_FINDINGS} findings`;
const LONG_FINDING = `has a finding of more than ${MAX_PART_LENGTH} characters`;
const LONG_OUTLINE = `has more than ${MAX_OUTLINE_LENGTH} characters beside its findings`;

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
