import type { ScanOfRun } from "../../gate/plugin/gate-call";
import type { Values } from "../lifecycle/lifecycle";

/** A project that this process has seen. */
export interface SeenProject {
  urn: string;
  /** The service that issued its ID, as the state says it. */
  service: unknown;
}

/**
 * What this process has seen of its run. The engine starts a process for each run, and calls `check` for each resource that the
 * command did not leave out.
 */
export class RunRecord {
  readonly #projects = new Map<string, SeenProject>();
  readonly #scans = new Map<string, ScanOfRun>();

  get scans(): ReadonlyMap<string, ScanOfRun> {
    return this.#scans;
  }

  noteProject(urn: string, projectId: unknown, service: unknown): void {
    if (typeof projectId !== "string") return;
    this.#projects.set(projectId, { urn, service });
  }

  /** Returns the project of this ID; undefined for one that is not of this run. */
  project(projectId: unknown): SeenProject | undefined {
    return typeof projectId === "string" || typeof projectId === "number"
      ? this.#projects.get(String(projectId))
      : undefined;
  }

  /** Records that this run asks for a scan. What it is, `settleScan` records. */
  checkScan(urn: string, inputs: Values): void {
    this.#scans.set(urn, { inputs });
  }

  /** Forgets what a scan is, while it changes: if that fails, it is not the one that the run asks for. */
  unsettleScan(urn: string): void {
    const checked = this.#scans.get(urn);
    if (checked !== undefined) this.#scans.set(urn, { inputs: checked.inputs });
  }

  /** Records what a scan of this run is: created, updated, or unchanged. */
  settleScan(urn: string, state: Values): void {
    const checked = this.#scans.get(urn);
    if (checked !== undefined) this.#scans.set(urn, { ...checked, state });
  }
}
