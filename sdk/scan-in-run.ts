import * as pulumi from "@pulumi/pulumi";
import { say } from "../program/log";
import { isMocked } from "../program/mocks";
import { detached, isKnown } from "../program/outputs";
import { changedTriggers } from "../provider/lifecycle/scan-difference";
import { DEPLOYED, resolveTriggers } from "../provider/lifecycle/triggers";
import type { TriggerInputs } from "./triggers/triggers";

/** What identifies a scan's deployment: as a run asks for it, or as it is in the state. */
export interface ScanRequest<Triggers> {
  /** The project's ID, or the webhook. */
  owner: pulumi.Input<string | number | undefined>;
  /** Undefined if each run scans. */
  triggers: pulumi.Input<Triggers | undefined>;
  /** For a scan without triggers, a new one in each run. */
  runId: pulumi.Input<string | undefined>;
  /** The digest of the API specification; null if only the provider knows it. */
  specification?: pulumi.Input<string | null | undefined>;
}

/**
 * Returns whether a scan is the one that this run asks for. `--target` and `--exclude` can leave it out; then it is of an earlier
 * deployment, on which no gate may open. Previews deploy nothing, and mocks leave nothing out, so there it always is.
 */
export function isScanOfRun(
  asked: ScanRequest<TriggerInputs>,
  inState: ScanRequest<Record<string, string>>,
): pulumi.Output<boolean> {
  if (pulumi.runtime.isDryRun() || isMocked()) return pulumi.output(true);
  // Whether two digests are equal is not secret, even of secrets. What waits for the scan depends on it alone.
  const known = detached(pulumi.all([pulumi.output(asked), pulumi.output(inState)]));
  return known.apply(([wanted, found]) => {
    const isSameSpecification =
      wanted.specification === null
        ? found.specification !== undefined
        : (wanted.specification ?? undefined) === (found.specification ?? undefined);
    const isSameTarget = isSameSpecification && String(wanted.owner) === String(found.owner);
    if (wanted.triggers === undefined) return isSameTarget && wanted.runId === found.runId;
    const { triggers, resourceDigests } = wanted.triggers;
    const digests = resolveTriggers(triggers, resourceDigests, found.triggers);
    return isSameTarget && changedTriggers(found.triggers ?? {}, digests).length === 0;
  });
}

/**
 * Says on a scan's row, in a preview, whether the deployment will start a scan. The provider says why an existing scan is
 * followed by another.
 */
export function announceScan(scan: PreviewedScan, triggers: TriggerInputs | undefined): void {
  // The engine reports a scan that cannot be registered.
  void tell(scan, triggers).catch(() => undefined);
}

type PreviewedScan = pulumi.Resource & { scanId: pulumi.Output<string> };

async function tell(scan: PreviewedScan, triggers: TriggerInputs | undefined): Promise<void> {
  if (await isKnown(scan.scanId)) return;
  const unknown = await unknownTriggers(triggers);
  const what =
    unknown.length === 0
      ? "a scan will start"
      : `may scan: trigger ${unknown.join(", ")} is known only after the deployment`;
  say("info", what, scan);
}

/** Returns none if the mark is unknown: then a resource is going to be deployed, after which there is a scan in any case. */
async function unknownTriggers(
  { triggers, resourceDigests = {} }: TriggerInputs = { triggers: {} },
): Promise<string[]> {
  const areKnown = async ([name, digest]: [string, pulumi.Output<unknown>]): Promise<boolean> => {
    const outputs = [digest, ...Object.values(resourceDigests[name] ?? {})];
    return (await Promise.all(outputs.map(isKnown))).every(Boolean);
  };
  const entries = Object.entries(triggers);
  const known = await Promise.all(entries.map(areKnown));
  const unknown = entries.map(([name]) => name).filter((_name, index) => known[index] === false);
  return unknown.includes(DEPLOYED) ? [] : unknown;
}

/**
 * Whether a gate refuses its scan if somebody else started it. As the gate is made after the scan, the scan's registration
 * waits for what the program makes in the same turn of the event loop.
 */
export class JoinedRefusal {
  #isRefused = false;

  /** True, or undefined, which is not an input. */
  readonly refused: pulumi.Output<true | undefined> = pulumi.output(
    Promise.resolve().then(() => (this.#isRefused ? true : undefined)),
  );

  /**
   * Records the setting of a gate. An output counts as accepting: a scan cannot wait for it, as it may come from what waits for
   * the scan.
   */
  note(acceptJoined: pulumi.Input<boolean | undefined>): void {
    if (acceptJoined === undefined || acceptJoined === false) this.#isRefused = true;
  }
}
