import { readFile, stat } from "node:fs/promises";
import { parseTargetUrl } from "../../../service/input-parsers";
import { MAX_SPECIFICATION_BYTES, type SpecificationInput } from "./api-specification";

/** Where an API specification is: one of these. */
export interface SpecificationSource {
  /** Its text. */
  inline?: unknown;
  /** Its path, relative to the folder of this process. */
  file?: unknown;
  /** Its address. */
  uri?: unknown;
}

const MAX_INLINE_BYTES = 256 * 1024;

const FORM = "it must be an address, { file }, { inline }, or an asset with a text or of a file";

/** Reads a specification, unless it is at an address. Never rejects: what is wrong is for `check` to say. */
export async function readSpecificationSource(
  { inline, file, uri }: SpecificationSource,
  read: (path: string) => Promise<SpecificationInput> = readSpecificationFile,
): Promise<SpecificationInput> {
  if (typeof inline === "string") return inlineText(inline);
  if (typeof file === "string") return read(file);
  return typeof uri === "string" ? addressOf(uri) : { problem: FORM };
}

function addressOf(text: string): SpecificationInput {
  try {
    return { url: parseTargetUrl(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `it ${why}; for a path, use { file }` };
  }
}

const inlineText = (text: string): SpecificationInput =>
  Buffer.byteLength(text) > MAX_INLINE_BYTES
    ? { problem: `it has more than ${MAX_INLINE_BYTES} bytes, the limit for inline text: use { file }` }
    : { text: withoutMark(text) };

async function readSpecificationFile(path: string): Promise<SpecificationInput> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { name: path, problem: "it is not a file" };
    if (found.size > MAX_SPECIFICATION_BYTES) {
      return { name: path, problem: `it has more than ${MAX_SPECIFICATION_BYTES} bytes` };
    }
    return { name: path, text: withoutMark(await readFile(path, "utf8")) };
  } catch (error) {
    return { name: path, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Removes a byte order mark, which is no part of the text. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, "");
