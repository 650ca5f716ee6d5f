import { isDeepStrictEqual } from "node:util";
import { plainText } from "../../errors/plain-text";
import { type AcceptedFinding, parseAcceptances } from "./accepted-finding";

/** An invalid file of accepted findings. Its message names places, never values. */
export class AcceptFileError extends Error {
  override readonly name = "AcceptFileError";
  /** Stable; meant for programs. */
  readonly code = "ACCEPT_FILE_UNREADABLE";

  constructor(readonly problems: readonly string[]) {
    super(
      `Reading the file of accepted findings: ${problems.join("; ")}. Write one YAML list, one entry per accepted finding. (ACCEPT_FILE_UNREADABLE)`,
    );
  }
}

/** With a schema and no known tags, neither a directive nor a tag can turn days into dates. */
export const YAML_OPTIONS = {
  schema: "core",
  resolveKnownTags: false,
  uniqueKeys: true,
  prettyErrors: false,
  logLevel: "error",
} as const;

/**
 * Parses a file of accepted findings, for `parseAcceptances`. An empty file, or one with comments alone, is an empty list.
 * Days stay text.
 *
 * @throws AcceptFileError with all problems: invalid YAML, duplicate keys, several documents, unknown tags, too many aliases
 */
export async function parseAcceptFile(text: string): Promise<unknown> {
  // Loaded here, so that programs without such a file do not spend the time.
  const { LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter });
  const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    const { line, col } = lineCounter.linePos(pos[0]);
    const what = code === "MULTIPLE_DOCS" ? "a second document begins" : plainText(message);
    return `line ${line}, column ${col}: ${what}`;
  });
  if (problems.length > 0) throw new AcceptFileError(problems);
  try {
    return document.toJS() ?? [];
  } catch (error) {
    throw new AcceptFileError([plainText(error instanceof Error ? error.message : String(error))]);
  }
}

/**
 * Reads the entries of a file of accepted findings, as a gate does.
 *
 * @throws AcceptFileError for a file that a gate would refuse
 */
export async function readAcceptances(text: string): Promise<readonly AcceptedFinding[]> {
  const { acceptances, problems } = parseAcceptances(await parseAcceptFile(text));
  if (problems.length > 0) throw new AcceptFileError(problems);
  return acceptances;
}

/**
 * Returns the text of a file of accepted findings with one more entry at its end. Comments stay. So does the layout of a list
 * with one entry per line or more; another form of YAML, such as `[]`, may be laid out anew.
 *
 * @throws AcceptFileError for a file or an entry that a gate would refuse
 */
export async function addAcceptance(text: string, entry: AcceptedFinding): Promise<string> {
  const wanted = [...(await readAcceptances(text)), entry];
  for (const candidate of await candidatesFor(text, entry)) {
    if (await holds(candidate, wanted)) return text.includes("\r\n") ? candidate.replace(/\r?\n/g, "\r\n") : candidate;
  }
  throw new AcceptFileError(["the entry cannot be added to it"]);
}

/** Returns the text followed by the entry and, for a list in any form, the whole document written anew. */
async function candidatesFor(text: string, entry: AcceptedFinding): Promise<string[]> {
  const { Document, isSeq, parseDocument } = await import("yaml");
  // Without a width at which texts would be folded.
  const layout = { lineWidth: 0 };
  const document = parseDocument(text, YAML_OPTIONS);
  const [from = 0] = document.contents?.range ?? [];
  const [indent = ""] = / *$/.exec(text.slice(0, from)) ?? [];
  const lines = new Document([entry], YAML_OPTIONS).toString(layout).replace(/^(?=.)/gm, indent);
  const begun = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  if (!isSeq(document.contents)) return [begun + lines];
  document.add(document.createNode(entry));
  return [begun + lines, document.toString(layout)];
}

async function holds(text: string, wanted: readonly AcceptedFinding[]): Promise<boolean> {
  try {
    return isDeepStrictEqual(await readAcceptances(text), wanted);
  } catch (error) {
    if (error instanceof AcceptFileError) return false;
    throw error;
  }
}
