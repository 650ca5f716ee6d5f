import { isDeepStrictEqual } from "node:util";
import { AcceptFileError, parseAcceptFile, YAML_OPTIONS } from "./accept-file";
import { parseAcceptances, type AcceptedFinding } from "./accepted-finding";

/**
 * The entries of a file of accepted findings, as a gate reads them.
 *
 * @throws AcceptFileError for a file that a gate would not take
 */
export async function readAcceptances(text: string): Promise<readonly AcceptedFinding[]> {
  const { acceptances, problems } = parseAcceptances(await parseAcceptFile(text));
  if (problems.length > 0) throw new AcceptFileError(problems);
  return acceptances;
}

/**
 * The text of a file of accepted findings with one more entry, the last one. Comments stay. So does all else of a list that
 * has one entry per line or more; another form of YAML, such as `[]`, may be laid out anew.
 *
 * @throws AcceptFileError for a file that a gate would not take, and for an entry that it would not
 */
export async function addAcceptance(text: string, entry: AcceptedFinding): Promise<string> {
  const wanted = [...(await readAcceptances(text)), entry];
  for (const candidate of await candidatesFor(text, entry)) {
    if (await holds(candidate, wanted)) return text.includes("\r\n") ? candidate.replace(/\r?\n/g, "\r\n") : candidate;
  }
  throw new AcceptFileError(["the entry cannot be added to it"]);
}

/** The text with the entry after it; and for a list in any form the whole document, written anew. */
async function candidatesFor(text: string, entry: AcceptedFinding): Promise<string[]> {
  const { Document, isSeq, parseDocument } = await import("yaml");
  /** Without a width at which texts would be folded. */
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
