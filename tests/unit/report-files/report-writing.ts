import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

/** Fills a file with a text, as `writeAtomically` asks for. */
export const writing =
  (text: string) =>
  async (file: Writable): Promise<number> => {
    file.end(text);
    await finished(file);
    return text.length;
  };
