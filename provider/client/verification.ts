import { hasEngineColor } from "../../findings/plain-text";

/** How the owner of a target proves it. No part is a secret: whichever is used is published. */
export interface Verification {
  /** The name of a file in the target's web root, `crashtest-<first 8 hexadecimal digits of a UUID>.html`; never a path. */
  fileName?: string;
  /** What that file has to hold: the UUID, with or without a line end. */
  fileContent?: string;
  /** The value of a DNS TXT record of the target's host name, which does instead of the file: the UUID. */
  txtRecord?: string;
}

/** What of an answer can be used, and why the rest cannot. */
export interface ReadVerification {
  /** Undefined where the service does not say. */
  verification: Verification | undefined;
  /** One for each part that was left out. None repeats a value, whose form and length nobody knows. */
  problems: string[];
}

/**
 * The service's names have eight hexadecimal digits, and a longer one does no harm. A program writes a file of this name into
 * a folder that is published, so that nothing else passes: no way out of the folder, and no name of a file that may be there
 * already.
 */
const FILE_NAME = /^crashtest-[0-9A-Za-z_-]{1,128}\.html$/;
const LONGEST_FILE_CONTENT = 65_536;
const LONGEST_TXT_RECORD = 4_096;
/** Control characters, and halves of characters, which no state can hold. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;
const UNPRINTABLE_IN_FILE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

interface Part {
  output: keyof Verification;
  /** What the API calls it. */
  field: string;
  /** Whether blanks and line ends around the text are no part of it. */
  isTrimmed?: true;
  /** Undefined where the text can be used. */
  problemOf: (text: string) => string | undefined;
}

const PARTS: readonly Part[] = [
  {
    output: "fileName",
    field: "file_name",
    problemOf: (text) => (FILE_NAME.test(text) ? undefined : "is not of the form crashtest-<hash>.html"),
  },
  {
    output: "fileContent",
    field: "file_content",
    problemOf: (text) => problemOfText(text, LONGEST_FILE_CONTENT, UNPRINTABLE_IN_FILE),
  },
  {
    output: "txtRecord",
    field: "dns_txt",
    // A service that fills file and record from one text leaves the line end of the file on the record.
    isTrimmed: true,
    problemOf: (text) => problemOfText(text, LONGEST_TXT_RECORD, UNPRINTABLE),
  },
];

function problemOfText(text: string, longest: number, unprintable: RegExp): string | undefined {
  if (text.trim() === "") return "is empty";
  if (text.length > longest) return `has more than ${longest} characters`;
  if (hasEngineColor(text)) return "has <{%, which Pulumi takes for a colour";
  return unprintable.test(text) ? "has control characters" : undefined;
}

/** Reads the `verification` of a project that is there already: nothing in it is worth losing the project for. */
export function readVerification(value: unknown): ReadVerification {
  if (value === undefined || value === null) return { verification: undefined, problems: [] };
  if (typeof value !== "object" || Array.isArray(value)) {
    return { verification: undefined, problems: ["verification is no object"] };
  }
  const verification: Verification = {};
  const problems: string[] = [];
  for (const { output, field, isTrimmed, problemOf } of PARTS) {
    const part = (value as Record<string, unknown>)[field];
    if (part === undefined || part === null) continue;
    if (typeof part !== "string") {
      problems.push(`${field} is no text`);
      continue;
    }
    const text = isTrimmed ? part.trim() : part;
    const problem = problemOf(text);
    if (problem === undefined) verification[output] = text;
    else problems.push(`${field} ${problem}`);
  }
  return { verification, problems };
}
