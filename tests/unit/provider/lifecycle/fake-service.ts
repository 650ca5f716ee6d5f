import { CrashtestError } from "../../../../errors/errors";
import type { LifecycleContext } from "../../../../provider/lifecycle/lifecycle";
import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import type { ServiceRules } from "../../../../service/rules";
import type { ScanState, ScanStatus } from "../../../../service/scan-status";
import {
  kindOf,
  type CreatedProject,
  type NewProject,
  type OwnerOption,
  type ProjectSnapshot,
  type ScanAddress,
  type ScanningService,
  type ScanTarget,
  type ServiceIdentity,
  type StartOptions,
  type StopOptions,
  type StartedScan,
  type TargetKind,
} from "../../../../service/service";

export const WEBHOOK = "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
/** The one that is asked, and another one. */
export const SERVICE: ServiceIdentity = { origin: "https://service.example", instance: "a1" };
export const OTHER_SERVICE: ServiceIdentity = { origin: "https://other.example" };
export const NOW = "2026-01-02T03:04:05.678Z";

/** A service in memory: scans are numbered from 1, one may run per target, and every call is noted. */
export class FakeService implements ScanningService {
  readonly calls: string[] = [];
  /** Of each call: whose numbers it was made with. */
  readonly owners: (ServiceIdentity | undefined)[] = [];
  /** Of each start: what it said of the scan. */
  readonly starts: StartOptions[] = [];
  /** What is at addresses that are not the service's. */
  readonly addresses = new Map<string, { text: string } | { problem: string }>();
  readonly specifications = new Map<string, string>();
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
  rules: ServiceRules = CRASHTEST_RULES;
  canCheckLogin = true;
  /** What `readProject` and `updateProject` find. */
  snapshot: ProjectSnapshot | "notFound" = {};
  private scans = 0;

  get context(): LifecycleContext {
    return {
      service: this,
      now: () => new Date(NOW),
      tell: (message) => this.told.push(message),
      warn: (message) => this.warnings.push(message),
      readAddress: (address) => Promise.resolve(this.addresses.get(address.href) ?? { problem: "nobody answers" }),
      specifications: this.specifications,
    };
  }

  configurationProblems(kind: TargetKind): readonly string[] {
    return this.problems[kind] ?? [];
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
      verification: undefined,
      verificationProblems: [],
      ...this.createAnswer,
    });
  }

  updateProject(projectId: string, changes: Partial<NewProject>, { owner }: OwnerOption = {}) {
    const snapshot = this.snapshot === "notFound" ? this.snapshot : { ...this.snapshot, ...changes };
    return this.answer(`updateProject ${projectId} ${JSON.stringify(changes)}`, snapshot, owner);
  }

  readProject(projectId: string, { owner }: OwnerOption = {}): Promise<ProjectSnapshot | "notFound"> {
    return this.answer(`readProject ${projectId}`, this.snapshot, owner);
  }

  deleteProject(projectId: string, { owner }: OwnerOption = {}): Promise<"deleted" | "notFound"> {
    return this.answer(`deleteProject ${projectId}`, this.deleteAnswer, owner);
  }

  startScan(target: ScanTarget, options: StartOptions = {}): Promise<StartedScan | "projectNotFound"> {
    this.starts.push(options);
    if (this.isProjectGone) return Promise.resolve("projectNotFound");
    const joined = this.running !== undefined || !this.rules.abilitiesFor(kindOf(target)).knowsWhoStarted;
    if (!this.failures.has("startScan")) this.running ??= this.begin();
    return this.answer(
      `startScan ${named(target)}`,
      { scanId: this.running ?? "", joined, service: SERVICE },
      target.owner,
    );
  }

  stopScan({ scanId, ...target }: ScanAddress, _options?: StopOptions): Promise<"stopped" | "notFound" | "notRunning"> {
    const isRunning = this.running === scanId;
    if (isRunning) {
      this.states.set(scanId, "stopped");
      this.running = this.isRestartedByOthers ? this.begin() : undefined;
    }
    const answer = this.stopAnswer ?? (isRunning ? "stopped" : "notRunning");
    const id = "projectId" in target ? target.projectId : "by webhook";
    return this.answer(`stopScan ${id} ${scanId}`, answer, target.owner);
  }

  getScanStatus({ scanId, ...target }: ScanAddress): Promise<ScanStatus | undefined> {
    const state = this.states.get(scanId);
    const status = state === undefined ? undefined : { scanId, state };
    return this.answer(`getScanStatus ${named(target)} ${scanId}`, status, target.owner);
  }

  close(): never {
    throw new Error("no lifecycle ends a connection");
  }

  writeReport(): never {
    throw new Error("no lifecycle asks for a report");
  }

  readReport(): never {
    throw new Error("no lifecycle asks for a report");
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

/** Whose ID it is is noted apart. */
const named = (target: ScanTarget): string =>
  JSON.stringify("webhook" in target ? { webhook: target.webhook } : { projectId: target.projectId });
