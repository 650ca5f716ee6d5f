import { isJsonObject } from "../json-fields";
import { isPlainObject } from "../plain-object";
import { SEVERITIES, type FindingCounts, type Severity } from "../severity";
import { parseAcceptances, type AcceptedFinding } from "./accepted-finding";

/** The mildest severity that closes a gate; `none` switches this threshold off. */
export type FailOn = Exclude<Severity, "unknown"> | "none";

/** When a gate is open. What is left out has its default; what contradicts itself is refused. */
export interface GateSettings {
  /**
   * A finding of this severity or a worse one closes the gate, unless `maxFindings` has an entry for its severity. A
   * finding of unknown severity reaches every threshold. @default "high"
   */
  failOn?: FailOn | undefined;
  /**
   * So many findings of a severity are let pass, and one more closes the gate: whole numbers from 0 on. An entry also
   * stands in for `failOn` of that severity. @default no entries
   */
  maxFindings?: Partial<FindingCounts> | undefined;
  /**
   * A score of this or more closes the gate: of a finding, or of a CVE inside one. 0 to 10. What has no score reaches it.
   * Not with a webhook. @default no limit
   */
  minCvss?: number | undefined;
  /** Scanners that have to have run, by the names under which the report lists them. Not with a webhook. @default none */
  requiredScanners?: readonly string[] | undefined;
  /**
   * How long to wait, in seconds from this run's first status request: above 0, up to 604,800 (a week). It bounds all that is
   * asked for, reports and retries too; what comes later than a second after it is too late. @default 3600
   */
  timeoutSeconds?: number | undefined;
  /** What a timeout does besides closing the gate; `stopScan` stops the scan. Not with a webhook. @default "fail" */
  onTimeout?: "fail" | "stopScan" | undefined;
  /** The longest pause between two status requests, in seconds: 1 to 3,600. Short scans are asked sooner. @default 120 */
  pollIntervalSeconds?: number | undefined;
  /**
   * Whether a scan that somebody else started may open the gate: it may have tested what was there before this
   * deployment. Needed where nobody can tell who started it: with a webhook, or a scan that is given by its IDs.
   * @default false
   */
  acceptJoined?: boolean | undefined;
  /** Findings that do not count, each with a reason and a last day. Not with a webhook. @default none */
  accept?: readonly AcceptedFinding[] | undefined;
  /**
   * Counts only findings that are new: not in this baseline. Not with a webhook.
   *
   * - `lastPassed`: what the last scan found that this gate opened on. While there is none, all count.
   * - `firstScan`: what the first scan found that came to a good end. That one opens the gate whatever it found.
   *   Of these two, a scan with more than 50,000 findings closes the gate, as `reportTooLarge`.
   * - `{ file }`: what a file names, from the program's folder: a JSON report, a SARIF report of this package, or a JSON list
   *   of fingerprints.
   *
   * @default none: all findings count
   */
  baseline?: "lastPassed" | "firstScan" | { readonly file: string } | undefined;
  /** Reports the verdict and holds nothing back. Settings that cannot be used fail all the same. @default false */
  advisory?: boolean | undefined;
}

/** Settings with every default in place. */
export interface ResolvedGateSettings {
  failOn: FailOn;
  maxFindings: Partial<FindingCounts>;
  minCvss: number | undefined;
  requiredScanners: readonly string[];
  timeoutSeconds: number;
  onTimeout: "fail" | "stopScan";
  pollIntervalSeconds: number;
  acceptJoined: boolean;
  accept: readonly AcceptedFinding[];
  baseline: GateSettings["baseline"];
  advisory: boolean;
}

/** Where a baseline comes from. */
export type BaselineKind = "lastPassed" | "firstScan" | "file";

export const baselineKindOf = (baseline: GateSettings["baseline"]): BaselineKind | undefined =>
  typeof baseline === "object" ? "file" : baseline;

/** Whether a baseline is what an earlier scan found, which the state knows and nobody else. */
export const isKeptInState = (baseline: GateSettings["baseline"]): boolean => typeof baseline === "string";

/** How the gate reaches its scan: a webhook knows less, so it can decide less. */
export type GateTransport = "project" | "webhook";

const LONGEST_TIMEOUT_SECONDS = 7 * 24 * 3_600;
const LONGEST_POLL_INTERVAL_SECONDS = 3_600;
const MAX_SCORE = 10;

const FAIL_ON: readonly FailOn[] = [...SEVERITIES.filter((severity) => severity !== "unknown"), "none"];

/** Why a value cannot be used, as the end of a sentence; undefined where it can. */
type Refusal = string | undefined;

const isNumberIn = (value: unknown, least: number, most: number): boolean =>
  typeof value === "number" && value >= least && value <= most;

const oneOf =
  (...allowed: readonly string[]) =>
  (value: unknown): Refusal =>
    allowed.some((word) => word === value) ? undefined : `has to be one of ${allowed.join(", ")}`;

const aBoolean = (value: unknown): Refusal => (typeof value === "boolean" ? undefined : "has to be true or false");

const secondsUpTo =
  (least: number, most: number) =>
  (value: unknown): Refusal =>
    isNumberIn(value, least, most) && value !== 0
      ? undefined
      : `has to be a number of seconds above ${least === 0 ? "0" : "or equal to 1"}, up to ${most}`;

function scannerNames(value: unknown): Refusal {
  const areNames = Array.isArray(value) && value.every((name) => typeof name === "string" && name.trim() !== "");
  return areNames ? undefined : "has to be a list of scanners' names";
}

function limits(value: unknown): Refusal {
  const form = `has to give a whole number from 0 on for some of ${SEVERITIES.join(", ")}`;
  if (typeof value !== "object" || value === null || !isPlainObject(value)) return form;
  const areFine = Object.entries(value).every(
    ([name, limit]) =>
      SEVERITIES.some((severity) => severity === name) &&
      (limit === undefined || (Number.isSafeInteger(limit) && Number(limit) >= 0)),
  );
  return areFine ? undefined : form;
}

function aBaseline(value: unknown): Refusal {
  if (value === "lastPassed" || value === "firstScan") return undefined;
  const isFile = isJsonObject(value) && Object.keys(value).join() === "file";
  if (isFile && typeof value["file"] === "string" && value["file"] !== "") return undefined;
  return 'has to be "lastPassed", "firstScan" or { file: "..." }';
}

const REFUSALS: Readonly<Record<Exclude<keyof GateSettings, "accept">, (value: unknown) => Refusal>> = {
  failOn: oneOf(...FAIL_ON),
  maxFindings: limits,
  minCvss: (value) => (isNumberIn(value, 0, MAX_SCORE) ? undefined : "has to be a CVSS score, 0 to 10"),
  requiredScanners: scannerNames,
  timeoutSeconds: secondsUpTo(0, LONGEST_TIMEOUT_SECONDS),
  onTimeout: oneOf("fail", "stopScan"),
  pollIntervalSeconds: secondsUpTo(1, LONGEST_POLL_INTERVAL_SECONDS),
  acceptJoined: aBoolean,
  baseline: aBaseline,
  advisory: aBoolean,
};

/** What a webhook cannot do: its report has no scores, slugs and list of scanners, and it can stop no scan. */
const NOT_WITH_WEBHOOK = ["minCvss", "requiredScanners", "accept", "baseline"] as const;

/**
 * Puts the defaults in place and collects all that is wrong, by name. A name that is no setting is wrong, too: a slip of
 * the pen must not open a gate.
 */
export function resolveGateSettings(
  given: GateSettings,
  transport: GateTransport,
): { settings: ResolvedGateSettings; problems: readonly string[] } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const { acceptances, problems: acceptProblems } = parseAcceptances(given.accept ?? []);
  const problems = [
    ...entries.map(([name, value]) => problemOf(name, value)).filter((problem) => problem !== undefined),
    ...acceptProblems,
    ...(transport === "webhook" ? webhookProblems(given) : []),
  ];
  return { settings: withDefaults({ ...given, accept: acceptances }), problems };
}

function problemOf(name: string, value: unknown): string | undefined {
  if (name === "accept") return undefined;
  if (!Object.hasOwn(REFUSALS, name)) return `${name} is no setting of a gate`;
  const refusal = REFUSALS[name as keyof typeof REFUSALS](value);
  return refusal === undefined ? undefined : `${name} ${refusal}`;
}

function webhookProblems(given: GateSettings): string[] {
  const unusable: string[] = NOT_WITH_WEBHOOK.filter((name) => given[name] !== undefined);
  if (given.onTimeout === "stopScan") unusable.push('onTimeout: "stopScan"');
  return unusable.map((name) => `${name} cannot be used with a webhook: give the scan a projectId`);
}

const withDefaults = (given: GateSettings & Pick<ResolvedGateSettings, "accept">): ResolvedGateSettings => ({
  failOn: given.failOn ?? "high",
  maxFindings: given.maxFindings ?? {},
  minCvss: given.minCvss,
  requiredScanners: given.requiredScanners ?? [],
  timeoutSeconds: given.timeoutSeconds ?? 3_600,
  onTimeout: given.onTimeout ?? "fail",
  pollIntervalSeconds: given.pollIntervalSeconds ?? 120,
  acceptJoined: given.acceptJoined ?? false,
  accept: given.accept,
  baseline: given.baseline,
  advisory: given.advisory ?? false,
});
