import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle";
import type { CreatedProject, RunningScan, ScanService, ScanTarget } from "../../../provider/lifecycle/service";
import type { ScanState } from "../../../provider/scan-state";

export const WEBHOOK = "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
export const NOW = "2026-01-02T03:04:05.678Z";

/** A service in memory: scans are numbered from 1, one may run per target, and every call is noted. */
export class FakeService implements ScanService {
  readonly calls: string[] = [];
  readonly told: string[] = [];
  readonly warnings: string[] = [];
  problems: Partial<Record<"project" | "webhook", string[]>> = {};
  states = new Map<string, ScanState>();
  running: string | undefined;
  /** Thrown by the call of this name. */
  failures = new Map<string, Error>();
  /** What `createProject` tells besides the ID. */
  createAnswer: Partial<CreatedProject> = {};
  /** What `stopScan` and `deleteProject` find, where it is not the usual. */
  stopAnswer: "stopped" | "notFound" | "notRunning" | undefined;
  deleteAnswer: "deleted" | "notFound" = "deleted";
  /** Somebody else, who starts a scan each time that one was stopped. */
  isRestartedByOthers = false;
  private scans = 0;

  get context(): LifecycleContext {
    return {
      service: this,
      now: () => new Date(NOW),
      tell: (message) => this.told.push(message),
      warn: (message) => this.warnings.push(message),
    };
  }

  configurationProblems(transport: "project" | "webhook"): readonly string[] {
    return this.problems[transport] ?? [];
  }

  createProject(project: object): Promise<CreatedProject> {
    return this.answer(`createProject ${JSON.stringify(project)}`, { projectId: "7", ...this.createAnswer });
  }

  deleteProject(projectId: string): Promise<"deleted" | "notFound"> {
    return this.answer(`deleteProject ${projectId}`, this.deleteAnswer);
  }

  startScan(target: ScanTarget): Promise<RunningScan> {
    const joined = this.running !== undefined || "webhook" in target;
    if (!this.failures.has("startScan")) this.running ??= this.begin();
    return this.answer(`startScan ${JSON.stringify(target)}`, { scanId: this.running ?? "", joined });
  }

  stopScan(projectId: string, scanId: string): Promise<"stopped" | "notFound" | "notRunning"> {
    const isRunning = this.running === scanId;
    if (isRunning) {
      this.states.set(scanId, "stopped");
      this.running = this.isRestartedByOthers ? this.begin() : undefined;
    }
    return this.answer(`stopScan ${projectId} ${scanId}`, this.stopAnswer ?? (isRunning ? "stopped" : "notRunning"));
  }

  getScanState(target: ScanTarget, scanId: string): Promise<ScanState | undefined> {
    return this.answer(`getScanState ${JSON.stringify(target)} ${scanId}`, this.states.get(scanId));
  }

  /** A scan that was not asked for here. */
  begin(): string {
    this.scans += 1;
    this.running = String(this.scans);
    this.states.set(this.running, "running");
    return this.running;
  }

  end(state: ScanState): void {
    if (this.running !== undefined) this.states.set(this.running, state);
    this.running = undefined;
  }

  private answer<T>(call: string, value: T): Promise<T> {
    this.calls.push(call);
    const failure = this.failures.get(call.split(" ")[0] ?? "");
    return failure === undefined ? Promise.resolve(value) : Promise.reject(failure);
  }
}
