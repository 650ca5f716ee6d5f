import { parseFindings, type FindingsReport } from "../../../../findings";
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
