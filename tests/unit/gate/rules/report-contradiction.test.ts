import type { Finding } from "../../../../findings/finding";
import { contradictionOf, type ReportPair } from "../../../../gate/rules/report-contradiction";
import { finding } from "./sample-evidence";

/** JSON names scanners with their number of findings; XML those that ran with their number of failures. */
function pair(json: Record<string, number>, xml: Record<string, number>, skipped: readonly string[] = []): ReportPair {
  const findingsOf = (counts: Record<string, number>): Finding[] =>
    Object.entries(counts).flatMap(([scanner, count]) =>
      Array.from({ length: count }, () => finding("low", { scanner })),
    );
  return {
    json: { findings: findingsOf(json), scanners: { ran: Object.keys(json) } },
    xml: {
      scanners: Object.keys(xml),
      skippedScanners: skipped.map((scanner) => ({ scanner, message: "" })),
      findings: findingsOf(xml),
    },
  };
}

test.each<[string, ReportPair]>([
  ["nothing was found in either", pair({ xss: 0, ssl: 0 }, { xss: 0 })],
  ["both have findings of a scanner, in different numbers", pair({ ssl: 28 }, { ssl: 20 })],
  ["only JSON has findings of a scanner", pair({ xss: 5, portscan: 2 }, { xss: 0 })],
  [
    "XML has CVEs, which JSON holds inside of findings",
    pair({ cve: 0, fingerprinting: 2 }, { cve: 91, fingerprinting: 2 }),
  ],
  ["each names scanners that the other does not", pair({ xss: 0, portscan: 0 }, { xss: 0, crawler: 0 })],
  ["the one scanner in common was skipped", pair({ csrf: 0 }, { xss: 0 }, ["csrf"])],
])("reports agree where %s", (_what, reports) => {
  expect(contradictionOf(reports)).toBeUndefined();
});

test.each<[string, ReportPair, string]>([
  [
    "a scanner has failures in XML and an empty list in JSON",
    pair({ xss: 0, ssl: 0 }, { xss: 1, ssl: 0 }),
    "the two reports contradict each other: xss has 1 failure in XML and 0 findings in JSON",
  ],
  [
    "it has no list in JSON",
    pair({ ssl: 0 }, { ssl: 0, xss: 2 }),
    "the two reports contradict each other: xss has 2 failures in XML and 0 findings in JSON",
  ],
  [
    "several scanners have",
    pair({ ssl: 1, xss: 0, xxe: 0 }, { ssl: 1, xss: 2, xxe: 1 }),
    "the two reports contradict each other: xss has 2 failures in XML and 0 findings in JSON, as does 1 other scanner",
  ],
  [
    "a scanner without a name has",
    pair({ ssl: 0 }, { ssl: 0, "": 1 }),
    "the two reports contradict each other: a scanner without a name has 1 failure in XML and 0 findings in JSON",
  ],
  [
    "they have no scanner in common",
    pair({ csrf: 0 }, { xss: 0, ssl: 0 }),
    "the two reports have no scanner in common: 1 scanner (csrf) in JSON, 2 scanners (xss, ssl) in XML",
  ],
  [
    "XML names no scanner",
    pair({ csrf: 0 }, {}),
    "the two reports have no scanner in common: 1 scanner (csrf) in JSON, 0 scanners in XML",
  ],
])("reports contradict each other where %s", (_what, reports, expected) => {
  expect(contradictionOf(reports)).toBe(expected);
});
