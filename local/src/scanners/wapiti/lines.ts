import { StringDecoder } from "node:string_decoder";
import type { Readable } from "node:stream";

/** The longest line that is kept whole, in characters; an external program decides how long its lines are. */
export const MAX_LINE_LENGTH = 16_384;
const CUT = " [cut: the line is longer]";

/** Emits each line of a stream, in UTF-8, including an unterminated last one. Longer lines are truncated. */
export function readLines(stream: Readable, onLine: (line: string) => void, maxLength = MAX_LINE_LENGTH): void {
  const decoder = new StringDecoder("utf8");
  let line = "";
  let isCut = false;
  const add = (text: string): void => {
    const room = maxLength - line.length;
    line += text.slice(0, room);
    isCut ||= text.length > room;
  };
  const end = (): void => {
    onLine(`${line.replace(/\r$/, "")}${isCut ? CUT : ""}`);
    line = "";
    isCut = false;
  };
  stream.on("data", (chunk: Buffer) => {
    const parts = decoder.write(chunk).split("\n");
    for (const [index, part] of parts.entries()) {
      add(part);
      if (index < parts.length - 1) end();
    }
  });
  stream.on("end", () => {
    add(decoder.end());
    if (line !== "") end();
  });
}
