import fc from "fast-check";
import { parseFindings, parseJunit, ReportParseError, toJunit } from "../../../../findings";
import { JunitReading } from "../../../../findings/junit";
import { WHOLE_FINDINGS } from "../../../../findings/report";
import { FindingsReading } from "../../../../findings/report-reading";
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

/** What `JSON.parse` and a look at its whole result say: how reports were read before they were read in pieces. */
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
  "a JSON report in pieces is what it is as a whole, and what JSON.parse makes of it",
  () => {
    const property = fc.property(jsonText(), cuts(), (text, places) => {
      const inPieces = outcomeOf(() => {
        const reading = new FindingsReading(WHOLE_FINDINGS);
        for (const piece of piecesOf(text, places)) reading.write(piece);
        return reading.end();
      });

      expect(inPieces).toEqual(outcomeOf(() => parseFindings(text)));
      const whole = readWhole(text);
      if (typeof (whole as { read?: unknown }).read === "string")
        expect(inPieces).toMatchObject({ code: "REPORT_UNREADABLE" });
      else expect(inPieces).toEqual(whole);
    });
    fc.assert(property, fuzzRuns(0.25));
  },
  FUZZ_TIMEOUT_MS,
);

/** Where a text begins with what is no XML, the parser says its place by the piece. */
const withoutPlace = (outcome: unknown): unknown => {
  const { code } = outcome as { code?: unknown };
  return code === undefined ? outcome : code;
};

test(
  "so is an XML report",
  () => {
    const good = goodReport().map((report) => outcomeOf(() => toJunit(parseFindings(report))));
    const xml = good.map((outcome) => {
      const { read } = outcome as { read?: unknown };
      return typeof read === "string" ? read : "<testsuites/>";
    });
    const property = fc.property(changedXml(xml), cuts(), (text, places) => {
      const inPieces = outcomeOf(() => {
        const reading = new JunitReading((finding) => finding);
        for (const piece of piecesOf(text, places)) reading.write(piece);
        return reading.end();
      });

      expect(withoutPlace(inPieces)).toEqual(withoutPlace(outcomeOf(() => parseJunit(text))));
    });
    fc.assert(property, fuzzRuns(0.1));
  },
  FUZZ_TIMEOUT_MS,
);
