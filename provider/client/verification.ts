import { hasEngineColor } from "../../findings/plain-text";

/** How the owner of a target proves it. No part is a secret: whichever is used is published. */
export interface Verification {
  /** The name of a file in the target's web root, `crashtest-<hash>.html`; never a path. */
  fileName?: string;
  /** What that file has to hold. */
  fileContent?: string;
  /** The value of a DNS TXT record of the target's host name, which does instead of the file. */
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
 * ASSUMED: the characters of the hash. A program writes a file of this name into a folder that is published, so that
 * nothing else passes: no way out of the folder, and no name of a file that may be there already.
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
  /** Undefined where the text can be used. */
  problemOf: (text: string) => string | undefined;
}

const PARTS: readonly Part[] = [
  {
    output: "fileName",
    field: "file_name",
    problemOf: (text) => (FILE_NAME.test(text) ? undefined : "has not the form crashtest-<hash>.html"),
  },
  {
    output: "fileContent",
    field: "file_content",
    problemOf: (text) => problemOfText(text, LONGEST_FILE_CONTENT, UNPRINTABLE_IN_FILE),
  },
  { output: "txtRecord", field: "dns_txt", problemOf: (text) => problemOfText(text, LONGEST_TXT_RECORD, UNPRINTABLE) },
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
  for (const { output, field, problemOf } of PARTS) {
    const part = (value as Record<string, unknown>)[field];
    if (part === undefined || part === null) continue;
    const problem = typeof part === "string" ? problemOf(part) : "is no text";
    if (problem !== undefined) problems.push(`${field} ${problem}`);
    else verification[output] = part as string;
  }
  return { verification, problems };
}
