import { isUnderWay, type ScanState as State } from "../scan-state";
import type { Values } from "./lifecycle";
import { DEPLOYED } from "./triggers";
import { UNKNOWN } from "./unknown";

/** What a change of inputs asks for, and why; `askStatus`: nothing, unless the scan ended badly. */
export type ScanDifference =
  | { kind: "replace"; inputs: string[]; because: string }
  /** Not certain where a preview does not know a trigger yet, and none that it knows changed. */
  | { kind: "update"; because: string; isCertain: boolean }
  | { kind: "askStatus" };

/** Another project or another transport is another scan; a rotated webhook is one too. */
const REPLACING = ["projectId", "webhook"] as const;

/**
 * Decides by inputs alone. A value that a preview does not know counts as changed. A changed `whenRunning` is about the
 * next start, and asks for none.
 */
export function decideDifference(olds: object, news: Values): ScanDifference {
  const before = olds as Values;
  const replacing = REPLACING.filter((name) => before[name] !== news[name]);
  if (replacing.length > 0) return { kind: "replace", inputs: replacing, because: `${replacing.join(", ")} changed` };
  const triggers = news["triggers"];
  if (triggers === undefined)
    return { kind: "update", because: "without triggers each deployment scans", isCertain: true };
  const changed = changedTriggers(before["triggers"], triggers);
  if (changed.length === 0) return { kind: "askStatus" };
  const isUnknown = (name: string): boolean => triggers === UNKNOWN || asValues(triggers)?.[name] === UNKNOWN;
  const known = changed.filter((name) => !isUnknown(name));
  /** A mark that is not known yet stands for a resource that is going to be deployed. */
  const isCertain = known.length > 0 || changed.includes(DEPLOYED);
  return { kind: "update", because: reasonOf(known, changed.filter(isUnknown)), isCertain };
}

function reasonOf(known: readonly string[], unknown: readonly string[]): string {
  const parts = [
    known.length > 0 ? `trigger ${known.join(", ")} changed` : undefined,
    unknown.length > 0 ? `trigger ${unknown.join(", ")} is known only after the deployment` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}

/** The names of the triggers that changed, came or went. */
export function changedTriggers(olds: unknown, news: unknown): string[] {
  const before = asValues(olds);
  const after = asValues(news);
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changed = [...names].filter((name) => before?.[name] !== after?.[name]);
  return before === undefined && changed.length === 0 ? ["triggers"] : changed;
}

const asValues = (value: unknown): Values | undefined =>
  typeof value === "object" && value !== null ? (value as Values) : undefined;

/** Whether a scan came to an end that no gate can pass; undefined: the service has no such scan any more. */
export const endedBadly = (state: State | undefined): boolean =>
  state === undefined || !(isUnderWay(state) || state === "finished");
