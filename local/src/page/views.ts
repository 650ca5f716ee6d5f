import type { FindingCounts, Severity } from "../../../findings/severity";
import type { ScanState } from "../store/scans";

/** A scanner that broke, by the name that people read. */
export interface BrokenScanner {
  scanner: string;
  message: string;
}

/** What an ended scan came to, without its findings. */
export interface ResultView {
  counts: FindingCounts;
  /** How many scanners ran to their end. */
  ranCount: number;
  /** Scanners that should have run and did not, by the names that people read. */
  missing: string[];
  broken: BrokenScanner[];
  /** How much of its target was reached, in words; null where the scanner does not say. */
  covered: string | null;
}

export interface ScanView {
  id: number;
  /** `unknown`: it ended with a status code that is in no table. */
  state: ScanState | "unknown";
  statusCode: number;
  startedAtMs: number;
  endedAtMs: number | null;
  /** The scanner's last word on how far it is. */
  progress: string;
  /** The share that is done, 0 to 1; null where the scanner cannot tell. */
  progressFraction: number | null;
  /** Why it did not finish. */
  reason: string | null;
  /** Null while it runs. */
  result: ResultView | null;
}

export interface ProjectView {
  id: number;
  name: string;
  url: string;
  team: { id: number; name: string };
  /** The newest ones, the newest first. */
  scans: ScanView[];
  /** How many scans it has in all. */
  scanCount: number;
}

/** What a stream sends: all there is at first, later what is new or changed and the IDs of what is there no more. */
export interface BoardEvent {
  kind: "snapshot" | "change";
  user: { name: string; teams: { id: number; name: string }[] };
  /** What scans here now; one that touches no target invents its findings. */
  scanner: { name: string; touchesTargets: boolean };
  /** The service's time, in milliseconds since 1970. */
  nowMs: number;
  projects: ProjectView[];
  removed: number[];
}

/** A finding as the page shows it. */
export interface FindingView {
  severity: Severity;
  title: string;
  scanner: string;
  /** The CVSS base score. */
  score: number | null;
  vector: string | null;
  information: string;
  method: string | null;
  url: string | null;
  parameter: string | null;
  description: string | null;
  howToFix: string | null;
  /** CVEs with their scores. */
  cves: string[];
}

export interface FindingsView {
  /** The worst first; no more than the page can show. */
  findings: FindingView[];
  /** How many there are in all. */
  total: number;
}
