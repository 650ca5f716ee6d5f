import type { Verification } from "../service";
import { isRecord } from "../client/json";

/** What of an answer can be used, and why the rest cannot. */
export interface ReadVerification {
  /** Undefined where the service does not send it. */
  verification: Verification | undefined;
  /** One for each part that was left out. None repeats a value, which may be of any form and length. */
  problems: string[];
}

/**
 * The service's names have eight hexadecimal digits, and a longer one does no harm. A program writes a file of this name into
 * a folder that is published, so no name may lead out of the folder or overwrite a file that is there already.
 */
const FILE_NAME = /^crashtest-[0-9A-Za-z_-]{1,128}\.html$/;
const LONGEST_FILE_CONTENT = 65_536;
const LONGEST_TXT_RECORD = 4_096;
/** Control characters, and lone surrogates, which a state cannot hold. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;
const UNPRINTABLE_IN_FILE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** Reads the `verification` of a created project. An invalid part is left out, since the project exists. */
export function readVerification(value: unknown): ReadVerification {
  if (value === undefined || value === null) return { verification: undefined, problems: [] };
  if (!isRecord(value)) return { verification: undefined, problems: ["verification is not an object"] };
  const verification: Verification = {};
  const problems: string[] = [];
  const take = (field: string, problemOf: (text: string) => string | undefined, keep: (text: string) => void) => {
    const text = value[field];
    if (text === undefined || text === null) return;
    if (typeof text !== "string") {
      problems.push(`${field} is not a string`);
      return;
    }
    const problem = problemOf(text);
    if (problem === undefined) keep(text);
    else problems.push(`${field} ${problem}`);
  };
  take("file_name", fileNameProblem, (text) => (verification.fileName = text));
  take(
    "file_content",
    (text) => textProblem(text, LONGEST_FILE_CONTENT, UNPRINTABLE_IN_FILE),
    (text) => (verification.fileContent = text),
  );
  // A service that fills file and record from one text leaves the file's line end on the record.
  take(
    "dns_txt",
    (text) => textProblem(text.trim(), LONGEST_TXT_RECORD, UNPRINTABLE),
    (text) => (verification.txtRecord = text.trim()),
  );
  return { verification, problems };
}

const fileNameProblem = (text: string): string | undefined =>
  FILE_NAME.test(text) ? undefined : "is not of the form crashtest-<hash>.html";

function textProblem(text: string, longest: number, unprintable: RegExp): string | undefined {
  if (text.trim() === "") return "is empty";
  if (text.length > longest) return `has more than ${longest} characters`;
  return unprintable.test(text) ? "contains control characters" : undefined;
}
