import { randomUUID } from "node:crypto";
import { withoutFindings } from "../scanners/outcome";
import type { ScanOutcome, ScanProgress } from "../scanners/scanner";
import type { Database } from "./database";

export type ScanState = "queued" | "running" | "finished" | "stopped" | "failed";

/** A scan. `outcome` is set once it has ended. */
export interface Scan {
  id: number;
  projectId: number;
  /** Its ID in the Veracode API: a UUID. */
  runId: string;
  /** Counts the scans of its project, from 1. */
  number: number;
  /** The name of the user who started it; undefined for a webhook, and for scans of earlier releases. */
  startedBy: string | undefined;
  state: ScanState;
  startedAtMs: number;
  endedAtMs: number | undefined;
  /** The scanner's last progress message. */
  progress: string;
  /** The fraction of the scan that is done, 0 to 1, if the scanner can tell. */
  progressFraction: number | undefined;
  outcome: ScanOutcome | undefined;
}

/** A scan without its outcome. */
export type ScanHead = Omit<Scan, "outcome">;

export interface ScanStore {
  /**
   * Adds a queued scan; at most one scan of a project is queued or running, which the database enforces. Of a login it keeps
   * only whether there is one.
   */
  create(projectId: number, startedAtMs: number, by?: { startedBy?: string; hasLogin?: boolean }): Scan;
  find(scanId: number): Scan | undefined;
  findByRun(runId: string): Scan | undefined;
  projectIdOf(scanId: number): number | undefined;
  /** Returns the project's queued or running scan. */
  findRunning(projectId: number): Scan | undefined;
  list(): Scan[];
  /** Returns the newest scans of the project, newest first, without their outcomes, which may be large. */
  recent(projectId: number, limit: number): ScanHead[];
  /** Returns a page of the project's scans, newest first. */
  page(projectId: number, range: { offset: number; limit: number }): Scan[];
  /** Returns how many scans the project has. */
  count(projectId: number): number;
  /** Records progress, which turns a queued scan into a running one; an ended one stays as it is. */
  saveProgress(scanId: number, progress: ScanProgress): void;
  /** Ends a scan; one that has already ended, or was deleted with its project, stays as it is. */
  saveOutcome(scanId: number, outcome: ScanOutcome, endedAtMs: number): void;
  /** Marks all queued and running scans as failed, those with a login for a reason of their own; returns how many there were. */
  failAllRunning(reasons: { withLogin: string; others: string }, endedAtMs: number): number;
  /** Deletes an ended scan. */
  delete(scanId: number): void;
}

interface ScanRow extends Omit<Scan, "startedBy" | "endedAtMs" | "progressFraction" | "outcome"> {
  startedBy: string | null;
  endedAtMs: number | null;
  progressFraction: number | null;
  outcome: string | null;
}

const HEAD_COLUMNS =
  "id, project_id AS projectId, state, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, progress, " +
  "progress_fraction AS progressFraction, run_id AS runId, number, started_by AS startedBy";
const SELECT = `SELECT ${HEAD_COLUMNS}, outcome FROM scans`;
const IS_RUNNING = "state IN ('queued', 'running')";

function toHead<Row extends Omit<ScanRow, "outcome">>(row: Row): Omit<Row, keyof ScanHead> & ScanHead {
  return {
    ...row,
    startedBy: row.startedBy ?? undefined,
    endedAtMs: row.endedAtMs ?? undefined,
    progressFraction: row.progressFraction ?? undefined,
  };
}

function toScan(row: ScanRow): Scan {
  return {
    ...toHead(row),
    outcome: row.outcome === null ? undefined : (JSON.parse(row.outcome) as ScanOutcome),
  };
}

type ScanReading = Pick<
  ScanStore,
  "find" | "findByRun" | "projectIdOf" | "findRunning" | "list" | "recent" | "page" | "count"
>;
type ScanWriting = Omit<ScanStore, keyof ScanReading>;

export function createScanStore(database: Database): ScanStore {
  return { ...scanReading(database), ...scanWriting(database) };
}

function scanReading(database: Database): ScanReading {
  const first = (where: string, ...values: (string | number)[]): Scan | undefined => {
    const row = database.first(`${SELECT} WHERE ${where}`, ...values) as ScanRow | undefined;
    return row === undefined ? undefined : toScan(row);
  };
  return {
    find: (scanId) => first("id = ?", scanId),
    findByRun: (runId) => first("run_id = ?", runId.toLowerCase()),
    projectIdOf: (scanId) => {
      const row = database.first("SELECT project_id AS projectId FROM scans WHERE id = ?", scanId);
      return (row as { projectId: number } | undefined)?.projectId;
    },
    findRunning: (projectId) => first(`project_id = ? AND ${IS_RUNNING}`, projectId),
    list: () => (database.rows(`${SELECT} ORDER BY id`) as ScanRow[]).map(toScan),
    recent: (projectId, limit) => {
      const sql = `SELECT ${HEAD_COLUMNS} FROM scans WHERE project_id = ? ORDER BY id DESC LIMIT ?`;
      return (database.rows(sql, projectId, limit) as Omit<ScanRow, "outcome">[]).map(toHead);
    },
    page: (projectId, { offset, limit }) => {
      const sql = `${SELECT} WHERE project_id = ? ORDER BY id DESC LIMIT ? OFFSET ?`;
      return (database.rows(sql, projectId, limit, offset) as ScanRow[]).map(toScan);
    },
    count: (projectId) => {
      const row = database.first("SELECT count(*) AS count FROM scans WHERE project_id = ?", projectId);
      return (row as { count: number }).count;
    },
  };
}

function scanWriting(database: Database): ScanWriting {
  return {
    create: (projectId, startedAtMs, { startedBy, hasLogin = false } = {}) => {
      const runId = randomUUID();
      const { number } = database.first(
        "SELECT coalesce(max(number), 0) + 1 AS number FROM scans WHERE project_id = ?",
        projectId,
      ) as { number: number };
      const sql =
        "INSERT INTO scans (project_id, run_id, number, started_by, has_login, state, started_at_ms) " +
        "VALUES (?, ?, ?, ?, ?, 'queued', ?)";
      const { lastId } = database.write(
        sql,
        projectId,
        runId,
        number,
        startedBy ?? null,
        Number(hasLogin),
        startedAtMs,
      );
      return {
        id: lastId,
        projectId,
        runId,
        number,
        startedBy,
        state: "queued",
        startedAtMs,
        endedAtMs: undefined,
        progress: "",
        progressFraction: undefined,
        outcome: undefined,
      };
    },
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
    failAllRunning: ({ withLogin, others }, endedAtMs) => {
      const outcomes = [withLogin, others].map((reason) => JSON.stringify(withoutFindings("failed", reason)));
      const [ofLogins = "", ofOthers = ""] = outcomes;
      const sql =
        "UPDATE scans SET state = 'failed', outcome = CASE WHEN has_login THEN ? ELSE ? END, ended_at_ms = ? " +
        `WHERE ${IS_RUNNING}`;
      return database.write(sql, ofLogins, ofOthers, endedAtMs).changes;
    },
    delete: (scanId) => {
      database.write("DELETE FROM scans WHERE id = ?", scanId);
    },
  };
}
