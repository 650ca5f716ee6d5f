import type { LookupAddress } from "node:dns";
import type { Clock } from "../clock";
import type { Admission } from "../consent/consent";
import type { ApiSpecification } from "../scanners/api-specification";
import { withoutFindings } from "../scanners/outcome";
import type { ScanLogin, ScanOutcome, Scanner, ScanRequest, ScanRun } from "../scanners/scanner";
import type { Project } from "../store/projects";
import type { Scan, ScanStore } from "../store/scans";
import { createPlaces } from "./places";
import { startQueued } from "./queued-run";
import { createScanSaving } from "./scan-saving";

/** What a start says about its scan. */
export interface StartDetails {
  /** The name of the user who started it; absent for a webhook of the Crashtest API. */
  startedBy?: string;
  login?: ScanLogin;
  apiSpecification?: ApiSpecification;
}

/** The running scans: at most one per project. */
export interface ScanRunner {
  /** Returns why this target is not scanned, or undefined if it is allowed. */
  refuse(project: Project): string | undefined;
  /** Returns the project's queued or running scan. */
  findRunning(project: Project): Scan | undefined;
  /** Starts a scan that connects to these addresses, or returns the one that is already running. */
  start(project: Project, addresses: readonly LookupAddress[], details?: StartDetails): { scan: Scan; isNew: boolean };
  /** Stops a scan and waits for its end; returns the ended scan, or undefined if it was not running. */
  stop(scanId: number): Promise<Scan | undefined>;
  /** Stops the project's running scan, if any, and waits for its end. */
  stopProject(projectId: number): Promise<void>;
  /** Stops all scans and waits for their end; none can be started afterwards. */
  close(): Promise<void>;
}

export interface ScanRunnerParts {
  scans: ScanStore;
  scanner: Scanner;
  clock: Clock;
  /** How many scans run at once; the others wait in the order in which they were started. */
  maxRunningScans: number;
  /** Decides whether a scan that had to wait may still start, and where it connects: its proof may be gone by then. */
  admitLate: (project: Project) => Promise<Admission>;
  /** Receives failures of the service itself. */
  log: (line: string) => void;
}

interface UnderwayScan {
  readonly projectId: number;
  readonly run: ScanRun;
  /** Resolves when the outcome is saved. */
  readonly saved: Promise<void>;
}

export function createScanRunner(parts: ScanRunnerParts): ScanRunner {
  const { scans, scanner, clock } = parts;
  const underway = new Map<number, UnderwayScan>();
  const places = createPlaces(parts.maxRunningScans);
  let isClosed = false;
  const saving = createScanSaving({ scans, isClosed: () => isClosed, log: parts.log });

  const begin = (project: Project, addresses: readonly LookupAddress[], details: StartDetails): Scan => {
    const { startedBy, ...how } = details;
    const by = { ...(startedBy === undefined ? {} : { startedBy }), hasLogin: how.login !== undefined };
    const scan = scans.create(project.id, clock.now(), by);
    const what = { scanId: scan.id, projectId: project.id, target: new URL(project.url), ...how };
    const play = (pinned: readonly LookupAddress[]): ScanRun =>
      startSafely(scanner, { ...what, addresses: pinned }, (progress) => {
        saving.saveProgress(scan.id, progress);
      });
    const run = startQueued({ places, addresses, play, admitLate: () => parts.admitLate(project) });
    const saved = run.ended.catch(failedBy).then(async (outcome) => {
      await saving.saveOutcome(scan.id, outcome, clock.now());
      underway.delete(scan.id);
    });
    underway.set(scan.id, { projectId: project.id, run, saved });
    return scan;
  };

  const stop = async (scanId: number): Promise<Scan | undefined> => {
    const found = underway.get(scanId);
    if (found === undefined) return undefined;
    await found.run.stop();
    await found.saved;
    return scans.find(scanId);
  };

  return {
    refuse: (project) => scanner.refuse(new URL(project.url)),
    findRunning: (project) => scans.findRunning(project.id),
    start: (project, addresses, details = {}) => {
      if (isClosed) throw new Error("The service is shutting down; no new scans are started.");
      const present = scans.findRunning(project.id);
      return present === undefined
        ? { scan: begin(project, addresses, details), isNew: true }
        : { scan: present, isNew: false };
    },
    stop,
    stopProject: async (projectId) => {
      const ofProject = [...underway.entries()].filter(([, scan]) => scan.projectId === projectId);
      await Promise.all(ofProject.map(([scanId]) => stop(scanId)));
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...underway.keys()].map(stop));
    },
  };
}

/** If a scanner throws, or its promise rejects, the scan fails; the service keeps running. */
function failedBy(error: unknown): ScanOutcome {
  const message = error instanceof Error ? error.message : String(error);
  return withoutFindings("failed", `The scanner broke: ${message}`);
}

function startSafely(scanner: Scanner, request: ScanRequest, onProgress: Parameters<Scanner["start"]>[1]): ScanRun {
  try {
    return scanner.start(request, onProgress);
  } catch (error) {
    return { ended: Promise.resolve(failedBy(error)), stop: () => Promise.resolve() };
  }
}
