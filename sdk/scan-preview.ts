import type * as pulumi from "@pulumi/pulumi";
import { DEPLOYED } from "../provider/lifecycle/triggers";
import { say } from "./log";
import { isKnown } from "./output-state";
import type { TriggerInputs } from "./triggers";

/**
 * Says on a scan's row, in a preview, whether the deployment will start a scan. Why an existing one is followed by another
 * only the provider sees, which says it beside this.
 */
export function sayWhatWillHappen(scan: PreviewedScan, triggers: TriggerInputs | undefined): void {
  /** A scan that cannot be registered is reported by the engine. */
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

/** A mark is unknown only where a resource is going to be deployed, after which there is a scan in any case. */
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
