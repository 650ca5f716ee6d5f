import { countFindings, fingerprintOf, parseJunit, toJunit, toSarif } from "../../../findings";
import { onPublishedXml, publishedXml, warnWithoutPublishedXml, xmlNotRun } from "../../fixtures/published-report";
import { readByOthers } from "./formats/junit-reader";
import { countsIn, schemaErrors } from "./formats/sarif-reader";

warnWithoutPublishedXml("The published XML report was");

// All numbers here were counted apart from this code, with Python's reader of XML.
const COUNTS = { critical: 8, high: 37, medium: 65, low: 6, info: 6, unknown: 0 };

onPublishedXml(`the published XML report has 122 findings, and no severity that nobody knows${xmlNotRun}`, () => {
  const { findings } = parseJunit(publishedXml());

  expect(findings).toHaveLength(122);
  expect(countFindings(findings)).toEqual(COUNTS);
});

onPublishedXml(`one scanner of the published XML report broke, and one was skipped${xmlNotRun}`, () => {
  const { scannerErrors, skippedScanners, scanners } = parseJunit(publishedXml());

  expect(scannerErrors).toEqual([{ scanner: "commandinjection", message: "Failed" }]);
  expect(skippedScanners).toEqual([
    { scanner: "csrf", message: "Scan not started because of no login credentials provided" },
  ]);
  expect(scanners).toHaveLength(10);
});

onPublishedXml(`91 findings of the published XML report carry the number of their CVE${xmlNotRun}`, () => {
  const numbered = parseJunit(publishedXml()).findings.filter(({ cves }) => cves.length > 0);

  expect(new Set(numbered.map(({ cves }) => cves[0]?.id)).size).toBe(91);
  for (const { scanner, title, cves } of numbered)
    expect([scanner, cves]).toEqual(["cve", [{ id: title, additional: {} }]]);
});

onPublishedXml(`the published XML report has the same counts in SARIF and in JUnit${xmlNotRun}`, () => {
  const { findings, scanners } = parseJunit(publishedXml());
  const report = {
    ...{ findings, findingCounts: countFindings(findings), scanners: { ran: scanners } },
    ...{ descriptions: [], additional: {}, warnings: [] },
  };
  const sarif = toSarif(report);
  const junit = toJunit(report);

  expect(schemaErrors(sarif)).toEqual([]);
  expect(countsIn(sarif)).toEqual(COUNTS);
  expect(countFindings(parseJunit(junit).findings)).toEqual(COUNTS);
  expect(readByOthers(junit)).toMatchObject({ failed: 122 });
});

onPublishedXml(`a place is read wherever the published XML report names one, without its host${xmlNotRun}`, () => {
  const { findings } = parseJunit(publishedXml());
  const moved = parseJunit(publishedXml().replaceAll("example.org", "staging.example:8443")).findings;
  const placed = findings.filter(({ where }) => where.host === "example.org");

  // 6 of the fuzzer, 2 of SQL, 1 of XSS.
  expect(placed).toHaveLength(9);
  expect(moved.filter(({ where }) => where.host === "staging.example:8443")).toHaveLength(9);
  expect(moved.map(fingerprintOf)).toEqual(findings.map(fingerprintOf));
  expect(new Set(findings.map(fingerprintOf)).size).toBe(122);
});
