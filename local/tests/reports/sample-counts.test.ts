import { execFileSync } from "node:child_process";
import { buffer } from "node:stream/consumers";
import { countFindings, parseFindings, parseJunit, SEVERITIES, type FindingCounts } from "../../../findings";
import {
  notRun,
  onPublishedReport,
  publishedReport,
  warnWithoutPublishedReport,
} from "../../../tests/fixtures/published-report";
import { formatJunit } from "../../src/reports/junit";
import { streamPdf } from "../../src/reports/pdf";
import type { ScanOutcome } from "../../src/scanners/scanner";
import { textsOfPages } from "./pdf-text";
import { sampleReport } from "./sample-report";

warnWithoutPublishedReport("The published report as XML and PDF was");

// The numbers were counted apart from this code, see tests/unit/findings/sample.test.ts.
const COUNTS: FindingCounts = { critical: 5, high: 9, medium: 33, low: 4, info: 2, unknown: 0 };

const sample = () => {
  const text = publishedReport();
  const { findings, descriptions } = JSON.parse(text) as Pick<ScanOutcome, "findings" | "descriptions">;
  return { text, report: sampleReport({ state: "finished", findings, descriptions, errors: [] }) };
};

/** Python's own reader of XML: the type of each failure. */
const READ_XML = `
import sys, xml.etree.ElementTree as tree
print("\\n".join(failure.get("type") for failure in tree.parse(sys.stdin).getroot().iter("failure")))`;

onPublishedReport(`the JSON report of the published sample has its counts${notRun}`, () => {
  expect(parseFindings(sample().text).findingCounts).toEqual(COUNTS);
});

/** In the XML report the 20 CVEs of its fingerprints count as findings, counted apart from this code as well. */
const XML_COUNTS = { critical: 5, high: 12, medium: 49, low: 5, informational: 2, unknown: 0 };

onPublishedReport(`so does the XML report, beside its CVEs, by Python's reader of XML${notRun}`, () => {
  const types = execFileSync("python3", ["-c", READ_XML], { input: formatJunit(sample().report), encoding: "utf8" })
    .trim()
    .split("\n");

  expect(
    Object.fromEntries(Object.keys(XML_COUNTS).map((name) => [name, types.filter((type) => type === name).length])),
  ).toEqual(XML_COUNTS);
  expect(types).toHaveLength(73);
});

onPublishedReport(`the XML report of the published sample is read as it is counted${notRun}`, () => {
  const { informational: info, ...others } = XML_COUNTS;
  const { findings } = parseJunit(formatJunit(sample().report));

  expect(countFindings(findings)).toEqual({ ...others, info });
  expect(findings.filter(({ cves }) => cves.length > 0)).toHaveLength(20);
});

onPublishedReport(`so does the PDF report, by a reader of PDF${notRun}`, async () => {
  const pages = await textsOfPages(await buffer(streamPdf(sample().report)));
  const overview = pages[0] ?? "";
  const headings = pages.join("\n").match(/^(CRITICAL|HIGH|MEDIUM|LOW|INFO|UNKNOWN)\b/gm) ?? [];
  expect(
    Object.fromEntries(SEVERITIES.map((name) => [name, headings.filter((word) => word === name.toUpperCase()).length])),
  ).toEqual(COUNTS);
  for (const [name, count] of Object.entries(COUNTS)) expect(overview).toMatch(new RegExp(`^${name} +${count}$`, "m"));
});
