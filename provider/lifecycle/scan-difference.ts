import { isUnderWay, type ScanState as State } from "../scan-state";
import type { Values } from "./lifecycle";

/** What a change of inputs asks for; `askStatus`: nothing, unless the scan ended badly. */
export type ScanDifference = { kind: "replace"; inputs: string[] } | { kind: "update" } | { kind: "askStatus" };

/** Another project or another transport is another scan; a rotated webhook is one too. */
const REPLACING = ["projectId", "webhook"] as const;

/**
 * Decides by inputs alone. A value that a preview does not know counts as changed. A changed `whenRunning` is about the
 * next start, and asks for none.
 */
export function decideDifference(olds: object, news: Values): ScanDifference {
  const before = olds as Values;
  const replacing = REPLACING.filter((name) => before[name] !== news[name]);
  if (replacing.length > 0) return { kind: "replace", inputs: replacing };
  if (news["triggers"] === undefined) return { kind: "update" };
  return changedTriggers(before["triggers"], news["triggers"]).length > 0 ? { kind: "update" } : { kind: "askStatus" };
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
