import * as pulumi from "@pulumi/pulumi";
import { changedTriggers } from "../provider/lifecycle/scan-difference";
import { resolveTriggers } from "../provider/lifecycle/triggers";
import { isMocked } from "./mocks";
import { detached } from "./output-state";
import type { TriggerInputs } from "./triggers";

/** What identifies a scan's deployment: of a run what it asks for, of the engine's answer what is in state. */
export interface ScanRequest<Triggers> {
  /** The project's ID, or the webhook. */
  owner: pulumi.Input<string | number | undefined>;
  /** Undefined where each run scans. */
  triggers: pulumi.Input<Triggers | undefined>;
  /** A new one in each run, for a scan without triggers. */
  runId: pulumi.Input<string | undefined>;
}

/**
 * Whether a scan is the one that this run asks for. `--target` and `--exclude` can leave it out, and then it is one of an
 * earlier deployment, which no gate may open on. A preview deploys nothing, and mocks leave nothing out, so there every scan
 * is.
 */
export function isScanOfRun(
  asked: ScanRequest<TriggerInputs>,
  inState: ScanRequest<Record<string, string>>,
): pulumi.Output<boolean> {
  if (pulumi.runtime.isDryRun() || isMocked()) return pulumi.output(true);
  /** Whether two digests are equal is no secret, be they of secrets. Who waits for the scan depends on it alone. */
  const known = detached(pulumi.all([pulumi.output(asked), pulumi.output(inState)]));
  return known.apply(([wanted, found]) => {
    const isSameOwner = String(wanted.owner) === String(found.owner);
    if (wanted.triggers === undefined) return isSameOwner && wanted.runId === found.runId;
    const { triggers, resourceDigests } = wanted.triggers;
    const digests = resolveTriggers(triggers, resourceDigests, found.triggers);
    return isSameOwner && changedTriggers(found.triggers ?? {}, digests).length === 0;
  });
}
