import {
  notRun,
  onPublishedReport,
  publishedReport,
  warnWithoutPublishedReport,
} from "../../fixtures/published-report";
import { parseFindings, type FindingsReport } from "../../../findings";

warnWithoutPublishedReport("The published report was");

const sample = (): FindingsReport => parseFindings(publishedReport());

// All numbers here were counted apart from this code, with jq and python: a list's length per scanner, and the severity by
// looking up each finding's slug in the descriptions (score 0 info, below 4 low, below 7 medium, below 9 high).
onPublishedReport(`the published report has 53 findings in 10 of its 12 scanners, and 35 descriptions${notRun}`, () => {
  const { findings, scanners, descriptions } = sample();

  expect(findings).toHaveLength(53);
  expect(scanners.ran).toHaveLength(12);
  expect(new Set(findings.map(({ scanner }) => scanner)).size).toBe(10);
  expect(scanners).not.toHaveProperty("missing");
  expect(descriptions).toHaveLength(35);
});

onPublishedReport(`the published report's findings are rated by their descriptions${notRun}`, () => {
  expect(sample().findingCounts).toEqual({ critical: 5, high: 9, medium: 33, low: 4, info: 2, unknown: 0 });
});

onPublishedReport(`the published report's 20 CVEs hang on its two fingerprints${notRun}`, () => {
  const withCves = sample().findings.filter(({ cves }) => cves.length > 0);

  expect(withCves.map(({ scanner, cves }) => [scanner, cves.length])).toEqual([
    ["fingerprinting", 3],
    ["fingerprinting", 17],
  ]);
});

onPublishedReport(`a place is read wherever the published report's texts name one${notRun}`, () => {
  const places = sample().findings.map(({ where }) => where);
  const having = (field: keyof (typeof places)[number]) => places.filter((place) => place[field] !== undefined).length;

  // 4 with quotes, 2 of SQL, 10 of the fuzzer, 7 on headers and cookies; 5 of XSS without a scheme.
  expect({ url: having("url"), host: having("host"), path: having("path") }).toEqual({ url: 23, host: 28, path: 28 });
  expect({ method: having("method"), parameter: having("parameter") }).toEqual({ method: 16, parameter: 11 });
});

onPublishedReport(`27 of the published report's descriptions get a vector, and it gives their score${notRun}`, () => {
  // Of the other 8, 4 leave metrics unset, and 4 have metrics that give another score than the description's own.
  const rated = sample().descriptions.flatMap(({ cvss }) =>
    cvss?.vector === undefined ? [] : [[cvss.vector, cvss.baseScore]],
  );

  expect(rated).toHaveLength(27);
  for (const [vector, baseScore] of rated) expect([vector, scoreOfVector(String(vector))]).toEqual([vector, baseScore]);
});

/** The base score by the text of CVSS 3.0: another rounding, and written anew, so that it can disagree. */
function scoreOfVector(vector: string): number {
  const of = new Map(
    vector
      .split("/")
      .slice(1)
      .map((part) => part.split(":") as [string, string]),
  );
  const pick = (metric: string, values: Record<string, number>) => values[of.get(metric) ?? ""] ?? NaN;
  const changed = of.get("S") === "C";
  const kept = ["C", "I", "A"].map((metric) => 1 - pick(metric, { H: 0.56, L: 0.22, N: 0 }));
  const iss = 1 - (kept[0] ?? NaN) * (kept[1] ?? NaN) * (kept[2] ?? NaN);
  const impact = changed ? 7.52 * (iss - 0.029) - 3.25 * Math.pow(iss - 0.02, 15) : 6.42 * iss;
  const exploitability =
    8.22 *
    pick("AV", { N: 0.85, A: 0.62, L: 0.55, P: 0.2 }) *
    pick("AC", { L: 0.77, H: 0.44 }) *
    pick("PR", changed ? { N: 0.85, L: 0.68, H: 0.5 } : { N: 0.85, L: 0.62, H: 0.27 }) *
    pick("UI", { N: 0.85, R: 0.62 });
  const sum = changed ? 1.08 * (impact + exploitability) : impact + exploitability;
  return impact <= 0 ? 0 : Math.ceil(Number((Math.min(sum, 10) * 10).toFixed(6))) / 10;
}
