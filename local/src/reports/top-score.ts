import type { ScanOutcome } from "../scanners/scanner";

/** Returns the highest CVSS score of an outcome's findings and their CVEs; undefined if none has a score. */
export function topScoreOf({ findings, descriptions }: ScanOutcome): number | undefined {
  const scores = new Map(descriptions.map(({ slug, baseScore }) => [slug, baseScore ?? undefined]));
  const all = Object.values(findings)
    .flat()
    .flatMap(({ finding_description_slug: slug, cve_findings: cves = [] }) => [
      scores.get(slug),
      ...cves.map(({ cvss }) => cvss),
    ])
    .filter((score) => score !== undefined);
  return all.length === 0 ? undefined : Math.max(...all);
}
