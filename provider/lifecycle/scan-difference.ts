import { isUnderWay, type ScanState } from "../../service/scan-status";
import { UNKNOWN, type Values } from "./lifecycle";
import { DEPLOYED } from "./triggers";

/** What a change of inputs requires, and why; `askStatus`: nothing, unless the scan ended badly. */
export type ScanDifference =
  | { kind: "replace"; inputs: string[]; because: string }
  /** Not certain where the only changed triggers are those that a preview does not know yet. */
  | { kind: "update"; because: string; isCertain: boolean }
  | { kind: "askStatus" };

/** Another project, or a webhook in its place, is another scan; so is a rotated webhook. */
const REPLACING = ["projectId", "webhook"] as const;

/**
 * Decides by inputs alone. A value that a preview does not know counts as changed. `whenRunning` and `login` concern the next start
 * only, so their change requires nothing.
 */
export function decideDifference(olds: Values, { triggers, ...news }: Values): ScanDifference {
  const replacing = REPLACING.filter((name) => olds[name] !== news[name]);
  if (replacing.length > 0) return { kind: "replace", inputs: replacing, because: `${replacing.join(", ")} changed` };
  if (triggers === undefined) {
    return { kind: "update", because: "without triggers each deployment scans", isCertain: true };
  }
  const changed = changedTriggers(olds["triggers"], triggers);
  const specification = changeOfSpecification(olds["apiSpecification"], news["apiSpecification"]);
  if (changed.length === 0 && specification === undefined) return { kind: "askStatus" };
  const isUnknown = (name: string): boolean => triggers === UNKNOWN || asValues(triggers)?.[name] === UNKNOWN;
  const known = changed.filter((name) => !isUnknown(name));
  const unknown = changed.filter(isUnknown);
  const reasons: string[] = [];
  if (known.length > 0) reasons.push(`trigger ${known.join(", ")} changed`);
  if (specification === "changed") reasons.push("apiSpecification changed");
  if (unknown.length > 0) reasons.push(`trigger ${unknown.join(", ")} is known only after the deployment`);
  if (specification === "unknown") reasons.push("apiSpecification is known only after the deployment");
  // An unknown mark stands for a resource that is going to be deployed.
  const isCertain = known.length > 0 || specification === "changed" || changed.includes(DEPLOYED);
  return { kind: "update", because: reasons.join("; "), isCertain };
}

/** It counts as one more trigger: added, removed and changed alike. */
function changeOfSpecification(old: unknown, now: unknown): "changed" | "unknown" | undefined {
  if (now === UNKNOWN) return "unknown";
  return old === now ? undefined : "changed";
}

/** Returns the names of the triggers that were changed, added or removed. */
export function changedTriggers(olds: unknown, news: unknown): string[] {
  const before = asValues(olds);
  const after = asValues(news);
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changed = [...names].filter((name) => before?.[name] !== after?.[name]);
  return before === undefined && changed.length === 0 ? ["triggers"] : changed;
}

const asValues = (value: unknown): Values | undefined =>
  typeof value === "object" && value !== null ? (value as Values) : undefined;

/** Whether a scan ended in a state that no gate passes; undefined: the service no longer has it. */
export const endedBadly = (state: ScanState | undefined): boolean =>
  state === undefined || !(isUnderWay(state) || state === "finished");
