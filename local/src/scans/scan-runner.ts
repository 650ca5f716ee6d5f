import type { Clock } from "../clock";
import type { ScanOutcome, Scanner, ScanRun } from "../scanners/scanner";
import type { Project } from "../store/projects";
import type { Scan, ScanStore } from "../store/scans";

/** The scans under way: at most one per project. */
export interface ScanRunner {
  /** Why this target is not scanned, or undefined where it is allowed. */
  refuse(project: Project): string | undefined;
  /** Starts a scan, or names the one that runs already. */
  start(project: Project): { scan: Scan; isNew: boolean };
  /** Stops a scan and waits for its end; the scan as it is then, or undefined where it does not run. */
  stop(scanId: number): Promise<Scan | undefined>;
  /** Stops the project's scan, if one runs, and waits for its end. */
  stopProject(projectId: number): Promise<void>;
  /** Stops all scans and waits for their end; none can be started afterwards. */
  close(): Promise<void>;
}

interface RunningScan {
  readonly projectId: number;
  readonly run: ScanRun;
  /** Resolves when the outcome is saved. */
  readonly saved: Promise<void>;
}

export function createScanRunner(scans: ScanStore, scanner: Scanner, clock: Clock): ScanRunner {
  const running = new Map<number, RunningScan>();
  let isClosed = false;

  const begin = (project: Project): Scan => {
    const scan = scans.create(project.id, clock.now());
    const request = { scanId: scan.id, projectId: project.id, target: new URL(project.url) };
    const run = startSafely(scanner, request, (message) => {
      scans.saveProgress(scan.id, message);
    });
    const saved = run.ended.catch(failedBy).then((outcome) => {
      running.delete(scan.id);
      scans.saveOutcome(scan.id, outcome, clock.now());
    });
    running.set(scan.id, { projectId: project.id, run, saved });
    return scan;
  };

  const stop = async (scanId: number): Promise<Scan | undefined> => {
    const found = running.get(scanId);
    if (found === undefined) return undefined;
    await found.run.stop();
    await found.saved;
    return scans.find(scanId);
  };

  return {
    refuse: (project) => scanner.refuse(new URL(project.url)),
    start: (project) => {
      if (isClosed) throw new Error("The service is shutting down; no scan is started.");
      const present = scans.findRunning(project.id);
      return present === undefined ? { scan: begin(project), isNew: true } : { scan: present, isNew: false };
    },
    stop,
    stopProject: async (projectId) => {
      const ofProject = [...running.entries()].filter(([, scan]) => scan.projectId === projectId);
      await Promise.all(ofProject.map(([scanId]) => stop(scanId)));
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...running.keys()].map(stop));
    },
  };
}

/** A scanner that throws at its start, or whose promise rejects, makes a failed scan; it does not end the service. */
function failedBy(error: unknown): ScanOutcome {
  const message = error instanceof Error ? error.message : String(error);
  return { state: "failed", reason: `The scanner broke: ${message}`, findings: {}, descriptions: [], errors: [] };
}

function startSafely(
  scanner: Scanner,
  request: Parameters<Scanner["start"]>[0],
  onProgress: (message: string) => void,
): ScanRun {
  try {
    return scanner.start(request, ({ message }) => {
      onProgress(message);
    });
  } catch (error) {
    return { ended: Promise.resolve(failedBy(error)), stop: () => Promise.resolve() };
  }
}
