import { counted } from "../counted";
import type { SkippedScanner } from "../junit";
import type { ReportScanners } from "../report";
import { shortMasked } from "./short-text";
import { namesOf } from "./verdict-message";

/** What the two reports of one scan say of its scanners. */
export interface ReportPair {
  /** Findings name their scanners as a `HeldFinding` does: as people are told them. */
  json: { readonly findings: readonly { readonly scanner: string }[]; readonly scanners: ReportScanners };
  xml: {
    readonly scanners: readonly string[];
    readonly skippedScanners: readonly SkippedScanner[];
    /** By scanner, of those that have any. */
    readonly failureCounts: ReadonlyMap<string, number>;
  };
}

/** A CVE is a test case of this scanner in XML, and part of another scanner's finding in JSON. */
const CVE_SCANNER = "cve";

/**
 * What the two reports of one scan contradict each other in, so that neither can be believed; undefined where they agree as
 * far as they have to. They name different scanners and count in different ways, so no more is compared than this.
 *
 * ASSUMED: a scanner that has failures in XML, which are no CVEs, has a finding in JSON, and some scanner is named in both.
 */
export function contradictionOf({ json, xml }: ReportPair): string | undefined {
  const named = new Set([...xml.scanners, ...xml.skippedScanners.map(({ scanner }) => scanner)]);
  const { ran } = json.scanners;
  if (!ran.some((name) => named.has(name))) {
    const [inJson, inXml] = [ran, [...named]].map((names) => `${counted(names.length, "scanner")}${listed(names)}`);
    return `the two reports have no scanner in common: ${inJson} in JSON, ${inXml} in XML`;
  }
  const finding = new Set(json.findings.map(({ scanner }) => scanner));
  const lost = [...xml.failureCounts].filter(([name]) => name !== CVE_SCANNER && !finding.has(shortMasked(name)));
  const [first] = lost;
  if (first === undefined) return undefined;
  const [name, count] = first;
  const others = lost.length > 1 ? `, and so it is with ${counted(lost.length - 1, "other scanner")}` : "";
  return `the two reports contradict each other: ${namesOf([name]) || "a scanner without a name"} has ${counted(count, "failure")} in XML and 0 findings in JSON${others}`;
}

const listed = (names: readonly string[]): string => (names.length === 0 ? "" : ` (${namesOf(names)})`);
