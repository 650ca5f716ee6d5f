import { isRecord } from "../client/json";
import type { ScanState } from "../scan-status";
import { ID, utcTime } from "./target";

/** An analysis run, as far as it is used. */
export interface Run {
  runId: string;
  status: string;
  /** An ISO 8601 time in UTC. */
  startedAt: string | undefined;
  /** The highest score of its findings. */
  maxCvss: number | undefined;
}

const STATES: Readonly<Record<string, ScanState>> = {
  RUNNING: "running",
  STOPPING: "running",
  STOPPED: "stopped",
  FINISHED: "finished",
  FAILED: "failed",
};

/** Returns the state that a run's status stands for. */
export const stateOfRun = ({ status }: Run): ScanState => STATES[status] ?? "unknown";

/** Whether a target that has this run cannot start another one. */
export const isOn = (run: Run): boolean => stateOfRun(run) === "running";

/** Reads a run of an answer; undefined where it has no ID or status. */
export function readRun(value: unknown): Run | undefined {
  if (!isRecord(value)) return undefined;
  const { analysis_run_id: runId, status, started_at: startedAt, max_cvss: maxCvss } = value;
  if (typeof runId !== "string" || !ID.test(runId) || typeof status !== "string") return undefined;
  return { runId, status, startedAt: utcTime(startedAt), maxCvss: typeof maxCvss === "number" ? maxCvss : undefined };
}
