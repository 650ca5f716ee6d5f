import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { Values } from "../../provider/lifecycle/lifecycle";
import type { ScanningService } from "../../service/service";

/** A scan that this run has checked, so that the command did not leave it out. */
export interface ScanOfRun {
  /** The checked inputs, with marks of secrets. */
  inputs: Values;
  /**
   * Its outputs, without marks of secrets: of the created or updated scan, or of an unchanged one; in a preview with `UNKNOWN`
   * in it. Absent: it was checked, and then failed, or the engine is not done with it.
   */
  state?: Values;
}

/** The engine's log. A text that is lost is no reason to fail. */
export interface GateLog {
  /** @param isEphemeral whether the next such text replaces it */
  say(how: "info" | "warning", urn: string, text: string, isEphemeral?: boolean): void;
}

/** What a gate is constructed with. */
export interface GateCall {
  request: ConstructRequest;
  /** Shows texts on the rows of resources. */
  log: GateLog;
  /** The service of this provider instance; invalid settings are refused by its methods. */
  service: ScanningService;
  /** The secrets among the settings, which no text may contain. */
  secrets: readonly (string | undefined)[];
  /** By URN, the scans of this provider instance that this run has checked; grows while the gate waits. */
  scans: ReadonlyMap<string, ScanOfRun>;
  /** Aborted by Ctrl-C, and when the engine gives up this call: the gate ends its wait at once. */
  signal: AbortSignal;
}
