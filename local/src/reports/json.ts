import type { components } from "../../../contract/wire.generated";
import type { DescriptionWire } from "../scanners/scanner";
import type { Report } from "./report";

/**
 * The fields of every description in a published report, for those that a scanner leaves out: programs that read the
 * service's reports rely on them. An unknown number is null, and 0 is a metric that is not set.
 */
const UNSET = {
  description: "",
  how_to_fix: "",
  reference_owasp: "",
  reference_resolution: "",
  baseScore: null,
  impact: null,
  exploitability: null,
  cvssAttackVector: 0,
  cvssAttackComplexity: 0,
  cvssPrivilegesRequired: 0,
  cvssUserInteraction: 0,
  cvssScope: 0,
  cvssConfidentiality: 0,
  cvssIntegrity: 0,
  cvssAvailability: 0,
  cvssExploitCodeMaturity: 0,
  cvssRemediationLevel: 0,
  cvssReportConfidence: 0,
  cvssConfidentialityRequirement: 0,
  cvssIntegrityRequirement: 0,
  cvssAvailabilityRequirement: 0,
  cvssModifiedAttackVector: 0,
  cvssModifiedAttackComplexity: 0,
  cvssModifiedPrivilegesRequired: 0,
  cvssModifiedUserInteraction: 0,
  cvssModifiedScope: 0,
  cvssModifiedConfidentiality: 0,
  cvssModifiedIntegrity: 0,
  cvssModifiedAvailability: 0,
} satisfies Partial<DescriptionWire>;

/** Names the operations that were not tested, beside their number. */
function wireCoverageOf({
  coverage,
  untestedOperations: untested,
}: Report["outcome"]): components["schemas"]["ScanCoverage"] | undefined {
  if (coverage?.operations === undefined || untested === undefined) return coverage;
  return { ...coverage, operations: { ...coverage.operations, untested } };
}

/** Formats the report as the service's JSON answer. */
export function formatJson({ outcome, expected }: Report): components["schemas"]["FindingsRetrieved"] {
  const { findings } = outcome;
  const coverage = wireCoverageOf(outcome);
  const descriptions = outcome.descriptions.map((description): DescriptionWire => ({ ...UNSET, ...description }));
  const data = { findings, descriptions, scanners: [...expected], ...(coverage === undefined ? {} : { coverage }) };
  return { message: "scan_findings_retrieved", data };
}
