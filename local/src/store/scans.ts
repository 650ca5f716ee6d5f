import type { ScanOutcome, ScanProgress } from "../scanners/scanner";
import type { Database } from "./database";

export type ScanState = "queued" | "running" | "finished" | "stopped" | "failed";

/** A scan. `outcome` is there as soon as it has ended. */
export interface Scan {
  id: number;
  projectId: number;
  state: ScanState;
  startedAtMs: number;
  endedAtMs: number | undefined;
  /** The scanner's last word on how far it is. */
  progress: string;
  /** The share of the scan that is done, 0 to 1, where the scanner can tell. */
  progressFraction: number | undefined;
  outcome: ScanOutcome | undefined;
}

export interface ScanStore {
  /** Adds a scan that is queued; at most one scan of a project is queued or running, which the database holds. */
  create(projectId: number, startedAtMs: number): Scan;
  find(scanId: number): Scan | undefined;
  /** The scan of the project that is queued or running. */
  findRunning(projectId: number): Scan | undefined;
  list(): Scan[];
  /** Notes the progress, by which a queued scan becomes a running one; an ended one stays as it is. */
  saveProgress(scanId: number, progress: ScanProgress): void;
  /** Ends a scan; one that has ended already, or was deleted with its project, stays as it is. */
  saveOutcome(scanId: number, outcome: ScanOutcome, endedAtMs: number): void;
  /** Ends as failed whatever is queued or running; returns how many there were. */
  failAllRunning(reason: string, endedAtMs: number): number;
}

interface ScanRow extends Omit<Scan, "endedAtMs" | "progressFraction" | "outcome"> {
  endedAtMs: number | null;
  progressFraction: number | null;
  outcome: string | null;
}

const SELECT =
  "SELECT id, project_id AS projectId, state, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, progress, " +
  "progress_fraction AS progressFraction, outcome FROM scans";
const IS_RUNNING = "state IN ('queued', 'running')";

function toScan(row: ScanRow): Scan {
  return {
    ...row,
    endedAtMs: row.endedAtMs ?? undefined,
    progressFraction: row.progressFraction ?? undefined,
    outcome: row.outcome === null ? undefined : (JSON.parse(row.outcome) as ScanOutcome),
  };
}

export function createScanStore(database: Database): ScanStore {
  const first = (where: string, ...values: number[]): Scan | undefined => {
    const row = database.first(`${SELECT} WHERE ${where}`, ...values) as ScanRow | undefined;
    return row === undefined ? undefined : toScan(row);
  };
  return {
    create: (projectId, startedAtMs) => {
      const sql = "INSERT INTO scans (project_id, state, started_at_ms) VALUES (?, 'queued', ?)";
      const { lastId } = database.write(sql, projectId, startedAtMs);
      return {
        id: lastId,
        projectId,
        state: "queued",
        startedAtMs,
        endedAtMs: undefined,
        progress: "",
        progressFraction: undefined,
        outcome: undefined,
      };
    },
    find: (scanId) => first("id = ?", scanId),
    findRunning: (projectId) => first(`project_id = ? AND ${IS_RUNNING}`, projectId),
    list: () => (database.rows(`${SELECT} ORDER BY id`) as ScanRow[]).map(toScan),
    saveProgress: (scanId, { message, fraction }) => {
      database.write(
        `UPDATE scans SET state = 'running', progress = ?, progress_fraction = coalesce(?, progress_fraction) WHERE id = ? AND ${IS_RUNNING}`,
        message,
        fraction ?? null,
        scanId,
      );
    },
    saveOutcome: (scanId, outcome, endedAtMs) => {
      database.write(
        `UPDATE scans SET state = ?, outcome = ?, ended_at_ms = ? WHERE id = ? AND ${IS_RUNNING}`,
        outcome.state,
        JSON.stringify(outcome),
        endedAtMs,
        scanId,
      );
    },
    failAllRunning: (reason, endedAtMs) => {
      const outcome: ScanOutcome = { state: "failed", reason, findings: {}, descriptions: [], errors: [] };
      return database.write(
        `UPDATE scans SET state = 'failed', outcome = ?, ended_at_ms = ? WHERE ${IS_RUNNING}`,
        JSON.stringify(outcome),
        endedAtMs,
      ).changes;
    },
  };
}
