import { PassThrough } from "node:stream";
import { MAX_LINE_LENGTH, readLines } from "../../src/scanners/wapiti/lines";

async function linesOf(chunks: readonly (string | Buffer)[], maxLength?: number): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  readLines(stream, (line) => lines.push(line), maxLength);
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await new Promise((resolve) => stream.once("end", resolve));
  return lines;
}

describe("readLines", () => {
  it.each<[string, (string | Buffer)[], string[]]>([
    ["lines in one chunk", ["a\nb\n"], ["a", "b"]],
    ["a line over several chunks", ["a", "b", "c\nd\n"], ["abc", "d"]],
    ["a last line that nothing ends", ["a\nb"], ["a", "b"]],
    ["empty lines", ["\n\na\n"], ["", "", "a"]],
    ["line ends of Windows", ["a\r\nb\r\n"], ["a", "b"]],
    ["a letter whose bytes come apart", [Buffer.from([0xc3]), Buffer.from([0xbc, 0x0a])], ["ü"]],
    ["nothing", [], []],
  ])("reads %s", async (_case, chunks, expected) => {
    expect(await linesOf(chunks)).toEqual(expected);
  });

  it("cuts a line that is too long, says so, and goes on with the next", async () => {
    expect(await linesOf(["12345", "67\nabcdef\nabc"], 6)).toEqual([
      "123456 [cut: the line is longer]",
      "abcdef",
      "abc",
    ]);
  });

  it("keeps little of a line without an end", async () => {
    const [line] = await linesOf(Array.from({ length: 64 }, () => "x".repeat(65_536)));

    expect(line?.length).toBeLessThan(MAX_LINE_LENGTH + 100);
  });
});
