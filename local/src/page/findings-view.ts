import { compareSeverity } from "../../../findings/severity";
import type { Report, ReportedFinding } from "../reports/report";
import { SCANNER_TITLES } from "../reports/scanner-titles";
import { boundedText } from "./bounded-text";
import type { FindingsView, FindingView } from "./views";

/** A longer list helps nobody on a page: the reports have all findings. */
export const MAX_LISTED_FINDINGS = 500;

/** Returns the findings of an ended scan, the worst first. */
export function viewFindings({ findings }: Report): FindingsView {
  const sorted = [...findings].sort(
    (one, other) => compareSeverity(one.severity, other.severity) || one.title.localeCompare(other.title, "en"),
  );
  return { findings: sorted.slice(0, MAX_LISTED_FINDINGS).map(viewFinding), total: findings.length };
}

const textOrNull = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? boundedText(value) : null;

function viewFinding({ scanner, severity, title, finding, description }: ReportedFinding): FindingView {
  const request = finding.details?.request;
  return {
    severity,
    title: boundedText(title),
    scanner: SCANNER_TITLES[scanner],
    score: description?.baseScore ?? null,
    vector: textOrNull(description?.["cvss_vector"]),
    information: boundedText(finding.information),
    method: textOrNull(request?.method),
    url: textOrNull(request?.url),
    parameter: textOrNull(request?.parameter),
    description: textOrNull(description?.description),
    howToFix: textOrNull(description?.how_to_fix),
    cves: (finding.cve_findings ?? []).map(({ cve_id: id, cvss }) =>
      boundedText(cvss === undefined ? id : `${id} (${cvss})`),
    ),
  };
}
