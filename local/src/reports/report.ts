import { severityOf, type Severity } from "../../../findings/severity";
import {
  SERVICE_SCANNERS,
  type DescriptionWire,
  type FindingWire,
  type ScanOutcome,
  type ServiceScanner,
} from "../scanners/scanner";
import type { Project } from "../store/projects";
import type { Scan } from "../store/scans";

/** A finding with its description. */
export interface ReportedFinding {
  scanner: ServiceScanner;
  severity: Severity;
  title: string;
  finding: FindingWire;
  description: DescriptionWire | undefined;
}

/** The content of a report, independent of its format. */
export interface Report {
  project: Project;
  scan: Scan;
  outcome: ScanOutcome;
  findings: ReportedFinding[];
  /** The scanners that ran to the end, with or without findings; none if the scan did not finish. */
  ran: ServiceScanner[];
  /** How an unfinished scan ended: "failed: it crashed"; undefined if it finished. */
  badEnd: string | undefined;
  /** The scanners that should have run. */
  expected: readonly ServiceScanner[];
  /** Expected scanners that neither ran nor broke. */
  missing: ServiceScanner[];
}

const NOTHING: ScanOutcome = { state: "failed", findings: {}, descriptions: [], errors: [] };

/** Creates the report of an ended scan. */
export function createReport(project: Project, scan: Scan): Report {
  const outcome = scan.outcome ?? NOTHING;
  const descriptions = new Map(outcome.descriptions.map((description) => [description.slug, description]));
  const reporting = SERVICE_SCANNERS.filter((scanner) => outcome.findings[scanner] !== undefined);
  const broken = new Set(outcome.errors.map(({ scanner }) => scanner));
  const badEnd = badEndOf(outcome);
  const ran = badEnd === undefined ? reporting.filter((scanner) => !broken.has(scanner)) : [];
  const expected = outcome.expectedScanners ?? SERVICE_SCANNERS;
  const findings = reporting.flatMap((scanner) =>
    (outcome.findings[scanner] ?? []).map((finding): ReportedFinding => {
      const description = descriptions.get(finding.finding_description_slug);
      const title = description?.title ?? finding.finding_description_slug;
      return { scanner, severity: severityOf(description?.baseScore ?? undefined), title, finding, description };
    }),
  );
  const missing = expected.filter((scanner) => !reporting.includes(scanner) && !broken.has(scanner));
  return { project, scan, outcome, findings, ran, badEnd, expected, missing };
}

function badEndOf({ state, reason }: ScanOutcome): string | undefined {
  if (state === "finished") return undefined;
  return reason === undefined ? state : `${state}: ${reason}`;
}
