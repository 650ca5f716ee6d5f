import { countFindings, parseFindings, parseJunit, type FindingsReport } from "../../../../findings";
import { wireDescription, wireFinding, type Wire } from "../../../fixtures/report";

/** A report of one scanner with these findings, and descriptions. */
export const reportOf = (
  findings: readonly Wire[],
  descriptions: readonly Wire[] = [wireDescription()],
  scanners?: readonly string[],
): FindingsReport => parseFindings({ findings: { xss: findings }, descriptions, ...(scanners && { scanners }) });

/** Findings that differ in their texts, and so in their fingerprints. */
export const manyFindings = (count: number, fields: (index: number) => Wire = () => ({})): Wire[] =>
  Array.from({ length: count }, (_, index) => wireFinding({ information: `Door ${index}.`, ...fields(index) }));

/** A report with a finding of each severity; the slug is the severity's name. */
export function reportOfAllSeverities(): FindingsReport {
  const scores = { critical: 9.8, high: 7.5, medium: 5.3, low: 3.1, info: 0 };
  const names = [...Object.keys(scores), "unknown"];
  return reportOf(
    names.map((slug) => wireFinding({ finding_description_slug: slug, information: `A door of ${slug}.` })),
    Object.entries(scores).map(([slug, baseScore]) => wireDescription({ slug, baseScore, title: `Door of ${slug}` })),
  );
}

/** The report of an XML (JUnit) report with a finding for each of these messages. */
export function reportOfJunit(...messages: readonly string[]): FindingsReport {
  const cases = messages.map(
    (message, at) =>
      `<testcase classname="xss.crashtest.cloud" name="XSS (${at + 1})"><failure message="${message}" type="high"/></testcase>`,
  );
  const { findings, scanners } = parseJunit(`<testsuites><testsuite>${cases.join("")}</testsuite></testsuites>`);
  const nothingElse = { descriptions: [], additional: {}, warnings: [] };
  return { findings, findingCounts: countFindings(findings), scanners: { ran: scanners }, ...nothingElse };
}
