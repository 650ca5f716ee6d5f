import { counted } from "../../errors/plain-text";
import type { JunitReport } from "../../findings/junit";
import type { FindingsReport } from "../../findings/report";
import { namesOf } from "./verdict-message";

/** What the two reports of one scan say about its scanners. */
export interface ReportPair {
  json: Pick<FindingsReport, "findings" | "scanners">;
  xml: Pick<JunitReport, "findings" | "scanners" | "skippedScanners">;
}

/** A CVE is a test case of this scanner in XML, and part of another scanner's finding in JSON. */
const CVE_SCANNER = "cve";

/**
 * Returns where the two reports of one scan contradict each other, so that neither can be trusted; else undefined. They name
 * different scanners and count in different ways, so no more than this is compared.
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
  const lost = [...failureCounts(xml)].filter(([name]) => name !== CVE_SCANNER && !finding.has(name));
  const [first] = lost;
  if (first === undefined) return undefined;
  const [name, count] = first;
  const others =
    lost.length > 1 ? `, as ${lost.length === 2 ? "does" : "do"} ${counted(lost.length - 1, "other scanner")}` : "";
  return `the two reports contradict each other: ${namesOf([name]) || "a scanner without a name"} has ${counted(count, "failure")} in XML and 0 findings in JSON${others}`;
}

function failureCounts({ findings }: ReportPair["xml"]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { scanner } of findings) counts.set(scanner, (counts.get(scanner) ?? 0) + 1);
  return counts;
}

const listed = (names: readonly string[]): string => (names.length === 0 ? "" : ` (${namesOf(names)})`);
