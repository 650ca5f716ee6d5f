import { CrashtestError } from "../../../provider/errors";
import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle";
import type { CreatedProject, RunningScan, ScanService, ScanTarget } from "../../../provider/lifecycle/service";
import type { ScanState } from "../../../provider/scan-state";
import type { ServiceIdentity } from "../../../provider/service-identity";

export const WEBHOOK = "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
/** The one that is asked, and another one. */
export const SERVICE: ServiceIdentity = { origin: "https://service.example", instance: "a1" };
export const OTHER_SERVICE: ServiceIdentity = { origin: "https://other.example" };
export const NOW = "2026-01-02T03:04:05.678Z";

/** A service in memory: scans are numbered from 1, one may run per target, and every call is noted. */
export class FakeService implements ScanService {
  readonly calls: string[] = [];
  /** Of each call: whose numbers it was made with. */
  readonly owners: (ServiceIdentity | undefined)[] = [];
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
  /** Whether the service of the project that a scan is to be started of does not know it. */
  isProjectGone = false;
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

  identity(): ServiceIdentity {
    return { origin: SERVICE.origin };
  }

  requireSame(owner: ServiceIdentity | undefined, what: string): void {
    if (owner === undefined || owner.origin === SERVICE.origin) return;
    throw new CrashtestError({ code: "OTHER_SERVICE", problem: `${what} is of ${owner.origin}` });
  }

  createProject(project: object): Promise<CreatedProject> {
    return this.answer(`createProject ${JSON.stringify(project)}`, {
      projectId: "7",
      service: SERVICE,
      ...this.createAnswer,
    });
  }

  deleteProject(projectId: string, owner?: ServiceIdentity): Promise<"deleted" | "notFound"> {
    return this.answer(`deleteProject ${projectId}`, this.deleteAnswer, owner);
  }

  startScan(target: ScanTarget): Promise<RunningScan | "projectNotFound"> {
    if (this.isProjectGone) return Promise.resolve("projectNotFound");
    const joined = this.running !== undefined || "webhook" in target;
    if (!this.failures.has("startScan")) this.running ??= this.begin();
    return this.answer(
      `startScan ${named(target)}`,
      { scanId: this.running ?? "", joined, service: SERVICE },
      target.owner,
    );
  }

  stopScan(projectId: string, scanId: string, owner?: ServiceIdentity): Promise<"stopped" | "notFound" | "notRunning"> {
    const isRunning = this.running === scanId;
    if (isRunning) {
      this.states.set(scanId, "stopped");
      this.running = this.isRestartedByOthers ? this.begin() : undefined;
    }
    const answer = this.stopAnswer ?? (isRunning ? "stopped" : "notRunning");
    return this.answer(`stopScan ${projectId} ${scanId}`, answer, owner);
  }

  getScanState(target: ScanTarget, scanId: string): Promise<ScanState | undefined> {
    return this.answer(`getScanState ${named(target)} ${scanId}`, this.states.get(scanId), target.owner);
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

  private answer<T>(call: string, value: T, owner?: ServiceIdentity): Promise<T> {
    this.calls.push(call);
    this.owners.push(owner);
    const failure = this.failures.get(call.split(" ")[0] ?? "");
    return failure === undefined ? Promise.resolve(value) : Promise.reject(failure);
  }
}

/** What stands beside a target's ID is noted apart. */
const named = ({ owner: _owner, projectUrn: _urn, ...ids }: ScanTarget): string => JSON.stringify(ids);
