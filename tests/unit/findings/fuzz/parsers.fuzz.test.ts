import fc from "fast-check";
import { toJunit } from "../../../../findings";
import { parseFindings } from "../../../../findings/report";
import { expectAllFailures, expectCounted, expectSameInEachFormat, readJson, readXml } from "./oracles";
import { FUZZ_INPUTS, FUZZ_TIMEOUT_MS, fuzzRuns } from "./runs";
import { changedXml, goodReport, jsonText } from "./report-texts";

test(
  "any text is a report whose findings all count, or is refused, with nothing of it in the message",
  () => {
    const seen = { read: 0, refused: 0 };
    const property = fc.property(jsonText(), (text) => {
      const report = readJson(text);
      seen[report === undefined ? "refused" : "read"] += 1;
      if (report !== undefined) expectCounted(text, report);
    });
    fc.assert(property, fuzzRuns(0.5));
    /** Both kinds were there, or this says nothing. */
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(FUZZ_INPUTS * 0.05);
  },
  FUZZ_TIMEOUT_MS,
);

test(
  "a report of the agreed form gives each format, with the same counts, no credentials and nothing that steers",
  () => {
    const property = fc.property(goodReport(), (report) => {
      const read = readJson(JSON.stringify(report));
      if (read !== undefined) expectSameInEachFormat(read);
    });
    fc.assert(property, fuzzRuns(0.3));
  },
  FUZZ_TIMEOUT_MS,
);

test(
  "any XML is a report whose failures all count, or is refused",
  () => {
    const seen = { read: 0, refused: 0 };
    const good = goodReport()
      .filter((report) => Object.keys((report["findings"] as object | undefined) ?? {}).length > 0)
      .map((report) => toJunit(parseFindings(report)))
      .chain((xml) =>
        fc.constantFrom(xml, xml.replace(/ type="\w+"/, ' type="error"'), xml.replace(/(<\/?)failure/g, "$1error")),
      );
    const property = fc.property(changedXml(good), (text) => {
      const report = readXml(text);
      seen[report === undefined ? "refused" : "read"] += 1;
      if (report !== undefined) expectAllFailures(text, report);
    });
    fc.assert(property, fuzzRuns(0.2));
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(FUZZ_INPUTS * 0.01);
  },
  FUZZ_TIMEOUT_MS,
);
