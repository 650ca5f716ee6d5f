import fc from "fast-check";
import { parseFindings, parseJunit, ReportParseError, toJunit } from "../../../../findings";
import { JsonStream } from "../../../../findings/json-stream";
import { reportRoot } from "../../../../findings/report-json";
import { XmlStream } from "../../../../findings/xml-stream";
import { fuzzRuns, FUZZ_TIMEOUT_MS } from "./runs";
import { changedXml, goodReport, jsonText } from "./report-texts";

/** A result, or the words of a refusal. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return { read: read() };
  } catch (error) {
    if (error instanceof ReportParseError) return { code: error.code, path: error.path, message: error.message };
    throw error;
  }
}

/** What `JSON.parse` and a look at its result say. */
const readWhole = (text: string): unknown =>
  outcomeOf(() => {
    const bare = text.replace(/^\uFEFF/, "");
    if (bare.trim() === "") return parseFindings(text);
    let value: unknown;
    try {
      value = JSON.parse(bare);
    } catch {
      return "no JSON";
    }
    return typeof value === "object" && value !== null ? parseFindings(value) : "no object";
  });

function piecesOf(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((share) => Math.floor(share * text.length)))].sort((a, b) => a - b);
  return [...places, text.length].map((end, index) => text.slice(index === 0 ? 0 : places[index - 1], end));
}

const cuts = () => fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

test(
  "a JSON report is what JSON.parse makes of it",
  () => {
    const property = fc.property(jsonText(), (text) => {
      const read = outcomeOf(() => parseFindings(text));
      const whole = readWhole(text);
      if (typeof (whole as { read?: unknown }).read === "string")
        expect(read).toMatchObject({ code: "REPORT_UNREADABLE" });
      else expect(read).toEqual(whole);
    });
    fc.assert(property, fuzzRuns(0.25));
  },
  FUZZ_TIMEOUT_MS,
);

/** Whether a text, handed on in pieces, is taken for all of a report. */
function isWhole(stream: JsonStream | XmlStream, text: string, places: readonly number[]): boolean {
  for (const piece of piecesOf(text, places)) stream.write(piece);
  return stream.end() === undefined;
}

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

test(
  "what is handed on in pieces is whole where JSON.parse makes an object of it that is not too deep",
  () => {
    const property = fc.property(jsonText(), cuts(), (text, places) => {
      /** Halves of characters do not come out of bytes. */
      const decoded = Buffer.from(text).toString("utf8");
      const expected = isRead(() => reportRoot(JSON.parse(decoded.replace(/^\uFEFF/, ""))));

      expect(isWhole(new JsonStream(), decoded, places)).toBe(expected);
    });
    fc.assert(property, fuzzRuns(0.15));
  },
  FUZZ_TIMEOUT_MS,
);

test(
  "an XML report that can be read is whole, in whatever pieces",
  () => {
    const good = goodReport().map((report) => outcomeOf(() => toJunit(parseFindings(report))));
    const xml = good.map((outcome) => {
      const { read } = outcome as { read?: unknown };
      return typeof read === "string" ? read : "<testsuites/>";
    });
    const property = fc.property(changedXml(xml), cuts(), (text, places) => {
      const inPieces = isWhole(new XmlStream(), text, places);

      expect(inPieces).toBe(isWhole(new XmlStream(), text, []));
      if (isRead(() => parseJunit(text))) expect(inPieces).toBe(true);
    });
    fc.assert(property, fuzzRuns(0.1));
  },
  FUZZ_TIMEOUT_MS,
);
