import type { FindingCounts, Severity } from "../../../findings/severity";
import type { ScanState } from "../store/scans";

/** A scanner that broke, by its display name. */
export interface BrokenScanner {
  scanner: string;
  message: string;
}

/** The result of an ended scan, without its findings. */
export interface ResultView {
  counts: FindingCounts;
  /** How many scanners ran to the end. */
  ranCount: number;
  /** Scanners that should have run but did not, by their display names. */
  missing: string[];
  broken: BrokenScanner[];
  /** How much of its target was reached, in words; null if the scanner does not say. */
  covered: string | null;
}

export interface ScanView {
  id: number;
  /** `unknown`: it ended with a status code that is in no table. */
  state: ScanState | "unknown";
  statusCode: number;
  startedAtMs: number;
  endedAtMs: number | null;
  /** The scanner's last progress message. */
  progress: string;
  /** The fraction that is done, 0 to 1; null if the scanner cannot tell. */
  progressFraction: number | null;
  /** Why it did not finish. */
  reason: string | null;
  /** Null while it is running. */
  result: ResultView | null;
}

export interface ProjectView {
  id: number;
  name: string;
  url: string;
  team: { id: number; name: string };
  /** The newest ones, the newest first. */
  scans: ScanView[];
  /** How many scans it has in total. */
  scanCount: number;
}

export interface TeamView {
  id: number;
  name: string;
  /** The commands that set up a program for this team, after its endpoint. */
  setup: string[];
}

/** An event of a stream: everything at first, later what is new or changed and the IDs of what is gone. */
export interface BoardEvent {
  kind: "snapshot" | "change";
  user: { name: string; teams: TeamView[] };
  /** The scanner in use; one that touches no target invents its findings. */
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
  /** The worst first; only as many as the page can show. */
  findings: FindingView[];
  /** How many there are in total. */
  total: number;
}
