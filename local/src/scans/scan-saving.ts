import type { ScanOutcome, ScanProgress } from "../scanners/scanner";
import type { ScanStore } from "../store/scans";

/** How long the service waits before it tries again to save a scan's outcome. */
const SAVE_AGAIN_MS = 2000;

/** Saves progress and outcomes. A database that is full or locked must not end the service, and all scans with it. */
export interface ScanSaving {
  saveProgress(scanId: number, progress: ScanProgress): void;
  /** Retries until it is saved or the service ends; then the next start marks the scan as failed. Never rejects. */
  saveOutcome(scanId: number, outcome: ScanOutcome, endedAtMs: number): Promise<void>;
}

export interface ScanSavingParts {
  scans: Pick<ScanStore, "saveProgress" | "saveOutcome">;
  isClosed: () => boolean;
  /** Receives failures of the service itself. */
  log: (line: string) => void;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function createScanSaving({ scans, isClosed, log }: ScanSavingParts): ScanSaving {
  const trySave = (what: string, save: () => void): boolean => {
    try {
      save();
      return true;
    } catch (error) {
      log(`crashtest-local could not save ${what}: ${messageOf(error)}`);
      return false;
    }
  };
  return {
    saveProgress: (scanId, progress) => {
      trySave(`the progress of scan ${scanId}`, () => {
        scans.saveProgress(scanId, progress);
      });
    },
    saveOutcome: async (scanId, outcome, endedAtMs) => {
      const save = (): void => {
        scans.saveOutcome(scanId, outcome, endedAtMs);
      };
      while (!trySave(`the outcome of scan ${scanId}`, save) && !isClosed()) {
        await new Promise((resolve) => setTimeout(resolve, SAVE_AGAIN_MS));
      }
    },
  };
}
