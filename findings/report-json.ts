import { TokenType, Tokenizer } from "@streamparser/json";
import { type JsonObject, ROOT_PATH, isJsonObject } from "./json-fields";
import { MAX_REPORT_DEPTH, MAX_TEXT_LENGTH, ReportParseError, TOO_DEEP } from "./report-error";

/**
 * Parses the text of a JSON report. A byte order mark is skipped.
 * @throws ReportParseError if it is empty, not a JSON object, has duplicate keys on the path to findings, is nested too deeply,
 * or contains a text that is too long
 */
export function parseReportJson(text: string): JsonObject {
  const json = text.replace(/^\uFEFF/, "");
  if (json.trim() === "") throw new ReportParseError("REPORT_EMPTY", ROOT_PATH, "is empty");
  const root = reportRoot(parse(json));
  // JSON.parse keeps the last of two members with the same key, which could hide findings.
  if (hasDuplicateFindingsKey(json)) throw unreadable("has duplicate keys on the path to findings");
  return root;
}

/** Checks what `JSON.parse` returned. @throws ReportParseError as `parseReportJson` does */
export function reportRoot(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw unreadable("is not a JSON object");
  checkDepthAndTexts(value, MAX_REPORT_DEPTH);
  return value;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (json.trimStart().startsWith("<")) throw unreadable("is markup (HTML or XML) but must be JSON");
    // The engine's own message quotes the text, so only the position is passed on.
    const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    throw unreadable(
      position === undefined
        ? `is not valid JSON, or was cut off (${json.length} characters)`
        : `is not valid JSON at character ${position} of ${json.length}`,
    );
  }
}

/** An object that contains itself is reported as nested too deeply. */
function checkDepthAndTexts(value: unknown, levels: number): void {
  if (typeof value === "string" && value.length > MAX_TEXT_LENGTH)
    throw new ReportParseError("REPORT_TOO_LARGE", ROOT_PATH, `has a text of more than ${MAX_TEXT_LENGTH} characters`);
  if (typeof value !== "object" || value === null) return;
  if (levels === 0) throw unreadable(TOO_DEEP);
  for (const child of Object.values(value) as unknown[]) checkDepthAndTexts(child, levels - 1);
}

/** Returns an error about the whole report. */
export function unreadable(problem: string): ReportParseError {
  return new ReportParseError("REPORT_UNREADABLE", ROOT_PATH, problem);
}

/**
 * Whether an object on the path to findings has the same key twice: `data`, `findings`, or the name of a scanner in them.
 * @param json valid JSON
 */
function hasDuplicateFindingsKey(json: string): boolean {
  const seen = new Set<string>();
  /** The current key of each open object; undefined for an array. */
  const keys: (string | undefined)[] = [];
  let text = "";
  let hasDuplicate = false;
  const tokenizer = new Tokenizer();
  tokenizer.onToken = ({ token, value }) => {
    if (token === TokenType.STRING) text = String(value);
    else if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) keys.push(undefined);
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) keys.pop();
    else if (token === TokenType.COLON) {
      keys[keys.length - 1] = text;
      if (!leadsToFindings(keys)) return;
      const place = JSON.stringify(keys);
      hasDuplicate ||= seen.has(place);
      seen.add(place);
    }
  };
  tokenizer.write(json);
  return hasDuplicate;
}

function leadsToFindings(keys: readonly (string | undefined)[]): boolean {
  if (keys.length > 3) return false;
  const [name, ...scanner] = keys[0] === "data" ? keys.slice(1) : keys;
  return name === undefined ? keys.length === 1 : name === "findings" && scanner.length <= 1;
}
