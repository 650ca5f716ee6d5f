import {
  notRun,
  onPublishedReport,
  publishedReport,
  warnWithoutPublishedReport,
} from "../../../fixtures/published-report";
import { parseFindings, SEVERITIES, type FindingsReport } from "../../../../findings";
import { toJunit } from "../../../../findings/formats/junit";
import { toMarkdown } from "../../../../findings/formats/markdown";
import { masked } from "../../../../findings/formats/masking";
import { toSarif } from "../../../../findings/formats/sarif";
import { countsIn as countsInJunit, readByOthers } from "./junit-reader";
import { countsIn as countsInSarif, resultsIn, rulesIn, schemaErrors } from "./sarif-reader";

warnWithoutPublishedReport("The formats of the published report were");

const sample = (): FindingsReport => parseFindings(publishedReport());

// The numbers were counted apart from this code, see ../sample.test.ts.
const COUNTS = { critical: 5, high: 9, medium: 33, low: 4, info: 2, unknown: 0 };

onPublishedReport(`the published report has the same counts in SARIF, which is valid by its schema${notRun}`, () => {
  const log = toSarif(sample());
  const levels = resultsIn(log).map(({ level }) => level);

  expect(schemaErrors(log)).toEqual([]);
  expect(countsInSarif(log)).toEqual(COUNTS);
  expect(["error", "warning", "note"].map((name) => levels.filter((level) => level === name).length)).toEqual([
    14, 33, 6,
  ]);
  expect(rulesIn(log)).toHaveLength(new Set(sample().findings.map(({ slug }) => slug)).size);
  expect(
    new Set(resultsIn(log).map(({ partialFingerprints }) => partialFingerprints["primaryLocationLineHash"])).size,
  ).toBe(53);
});

onPublishedReport(`the published report has the same counts in JUnit, also for another reader${notRun}`, () => {
  const xml = toJunit(sample());
  const results = readByOthers(xml);
  const types = Array.from(xml.matchAll(/<failure [^>]*type="(\w+)"/g), ([, type]) => type);

  expect(countsInJunit(xml)).toEqual(COUNTS);
  // Ten of its twelve scanners found something.
  expect({ total: results.total, failed: results.failed, passed: results.passed }).toEqual({
    total: 55,
    failed: 53,
    passed: 2,
  });
  expect(results.suites).toHaveLength(12);
  const cases = results.suites.flatMap((suite) => suite.cases);
  expect(cases.filter(({ status }) => status === "FAIL")).toHaveLength(53);
  expect(Object.fromEntries(SEVERITIES.map((name) => [name, types.filter((type) => type === name).length]))).toEqual(
    COUNTS,
  );
});

onPublishedReport(
  `the published report has the same counts in Markdown, all of its findings, and room to spare${notRun}`,
  () => {
    const text = toMarkdown(sample());
    const items = Array.from(
      text.matchAll(/^- \*\*(\w+)(?: \d+\.\d)?\*\* [^\n]*scanner `/gm),
      ([, severity]) => severity,
    );

    for (const name of SEVERITIES) {
      expect(text).toContain(`| ${name} | ${COUNTS[name]} |\n`);
      expect(items.filter((item) => item === name)).toHaveLength(COUNTS[name]);
    }
    expect(text.length).toBeLessThan(40_000);
    expect(text).not.toContain("left out");
  },
);

onPublishedReport(`of the published report only the password in a payload is masked${notRun}`, () => {
  for (const { information, title, description, howToFix, slug, cves, where } of sample().findings) {
    const about = cves.map((cve) => cve.information);
    for (const text of [
      information,
      title,
      description,
      howToFix,
      slug,
      ...about,
      ...Object.values(where as Record<string, string>),
    ])
      expect(masked(text ?? "")).toBe((text ?? "").replaceAll("password=Crashtest123!", "password=[masked]"));
  }
});
