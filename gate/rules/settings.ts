import { definedFields, isJsonObject, isPlainObject } from "../../findings/json-fields";
import { SEVERITIES, type FindingCounts, type Severity } from "../../findings/severity";
import type { ServiceAbilities } from "../../service/rules";
import { parseAcceptances, type AcceptedFinding } from "./accepted-finding";

/** The mildest severity that closes a gate; `none` switches this threshold off. */
export type FailOn = Exclude<Severity, "unknown"> | "none";

/** When a gate is open. What is left out has its default; contradictory settings are refused. */
export interface GateSettings {
  /**
   * A finding of this severity or a worse one closes the gate, unless `maxFindings` has an entry for its severity. A
   * finding of unknown severity reaches every threshold. @default "high"
   */
  failOn?: FailOn | undefined;
  /**
   * How many findings of a severity pass; one more closes the gate. Whole numbers of 0 or more. An entry replaces `failOn`
   * for that severity. @default no entries
   */
  maxFindings?: Partial<FindingCounts> | undefined;
  /**
   * A score of this or more closes the gate: of a finding, or of a CVE inside one. 0 to 10. What has no score reaches it.
   * Where findings are not available as JSON, with a webhook and at Veracode, a finding counts with the highest score of its
   * severity, or with the highest score in the scan if the service gives one that is in the range of that severity.
   * @default no limit
   */
  minCvss?: number | undefined;
  /**
   * Scanners that must have run, by the names under which the report lists them. Refused where findings are not available as
   * JSON: with a webhook, and at Veracode. @default none
   */
  requiredScanners?: readonly string[] | undefined;
  /**
   * How much of its target the scan must have covered: pages that it saw, and operations of the API specification that answered
   * it. Whole numbers of 1 or more. A service that says nothing of it closes the gate. @default no limit
   */
  minCoverage?: MinCoverage | undefined;
  /**
   * How long to wait, in seconds from this run's first status request: above 0, up to 604,800 (a week). It bounds all
   * requests, including reports and retries; an answer that comes more than a second after it is too late. @default 3600
   */
  timeoutSeconds?: number | undefined;
  /** What a timeout does besides closing the gate; `stopScan` stops the scan. Not with a webhook. @default "fail" */
  onTimeout?: "fail" | "stopScan" | undefined;
  /** The longest pause between two status requests, in seconds: 1 to 3,600. Short scans are polled sooner. @default 120 */
  pollIntervalSeconds?: number | undefined;
  /**
   * Whether a scan that somebody else started may open the gate: it may have tested what was there before this
   * deployment. Required where nobody can tell who started it: with a webhook of Crashtest Security, or a scan that is given
   * by its IDs.
   * @default false
   */
  acceptJoined?: boolean | undefined;
  /** Findings that do not count, each with a reason and a last day. @default none */
  accept?: readonly AcceptedFinding[] | undefined;
  /**
   * Counts only new findings: those that are not in this baseline.
   *
   * - `lastPassed`: what the last scan found on which this gate opened. Until there is one, all findings count.
   * - `firstScan`: what the first scan found that finished. That scan opens the gate whatever it found.
   * - `{ file }`: a file, relative to the program's folder: a JSON or XML report, a SARIF report of this package, or a JSON list
   *   of fingerprints.
   *
   * @default none: all findings count
   */
  baseline?:
    | "lastPassed"
    | "firstScan"
    | {
        /** The path of the file, relative to the program's folder. */
        readonly file: string;
      }
    | undefined;
  /** Reports the verdict and holds nothing back. Invalid settings fail all the same. @default false */
  advisory?: boolean | undefined;
}

/** How much a scan must have covered, at least. */
export interface MinCoverage {
  /** Pages that it saw. A whole number of 1 or more. @default no limit */
  readonly pages?: number | undefined;
  /** Operations of the API specification that the target answered. A whole number of 1 or more. @default no limit */
  readonly operations?: number | undefined;
}

type Optional = "minCvss" | "minCoverage" | "baseline";

/** Settings with every default in place. */
export type ResolvedGateSettings = Pick<GateSettings, Optional> & {
  [Name in Exclude<keyof GateSettings, Optional>]-?: NonNullable<GateSettings[Name]>;
};

const DEFAULTS: ResolvedGateSettings = {
  failOn: "high",
  maxFindings: {},
  requiredScanners: [],
  timeoutSeconds: 3_600,
  onTimeout: "fail",
  pollIntervalSeconds: 120,
  acceptJoined: false,
  accept: [],
  advisory: false,
};

/** Where a baseline comes from. */
export type BaselineKind = "lastPassed" | "firstScan" | "file";

export const baselineKindOf = (baseline: GateSettings["baseline"]): BaselineKind | undefined =>
  typeof baseline === "object" ? "file" : baseline;

/** Whether a baseline is what an earlier scan found, which only the state knows. */
export const isKeptInState = (baseline: GateSettings["baseline"]): boolean => typeof baseline === "string";

/** What a setting must be, as the end of a sentence, and whether a value is that. */
type Rule = readonly [form: string, isValid: (value: unknown) => boolean];

const FAIL_ON: readonly FailOn[] = [...SEVERITIES.filter((severity) => severity !== "unknown"), "none"];

const isNumberIn = (value: unknown, least: number, most: number): boolean =>
  typeof value === "number" && value >= least && value <= most;

const oneOf = (...allowed: readonly string[]): Rule => [
  `must be one of ${allowed.join(", ")}`,
  (value) => allowed.some((word) => word === value),
];

const BOOLEAN: Rule = ["must be true or false", (value) => typeof value === "boolean"];

const RULES: Readonly<Record<Exclude<keyof GateSettings, "accept">, Rule>> = {
  failOn: oneOf(...FAIL_ON),
  maxFindings: [`must give whole numbers of 0 or more for some of ${SEVERITIES.join(", ")}`, areLimits],
  minCvss: ["must be a CVSS score from 0 to 10", (value) => isNumberIn(value, 0, 10)],
  requiredScanners: ["must be a list of scanner names", areNames],
  minCoverage: ["must give whole numbers of 1 or more for pages, operations, or both", isMinCoverage],
  timeoutSeconds: [
    "must be a number of seconds above 0, up to 604800",
    (value) => value !== 0 && isNumberIn(value, 0, 604_800),
  ],
  onTimeout: oneOf("fail", "stopScan"),
  pollIntervalSeconds: ["must be a number of seconds from 1 to 3600", (value) => isNumberIn(value, 1, 3_600)],
  acceptJoined: BOOLEAN,
  baseline: ['must be "lastPassed", "firstScan" or { file: "..." }', isBaseline],
  advisory: BOOLEAN,
};

function areNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string" && name.trim() !== "");
}

function areLimits(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !isPlainObject(value)) return false;
  return Object.entries(value).every(
    ([name, limit]) =>
      SEVERITIES.some((severity) => severity === name) &&
      (limit === undefined || (Number.isSafeInteger(limit) && Number(limit) >= 0)),
  );
}

function isMinCoverage(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const given = Object.entries(value).filter(([, least]) => least !== undefined);
  return (
    given.length > 0 &&
    given.every(
      ([name, least]) => ["pages", "operations"].includes(name) && Number.isSafeInteger(least) && Number(least) >= 1,
    )
  );
}

function isBaseline(value: unknown): boolean {
  if (value === "lastPassed" || value === "firstScan") return true;
  const isFile = isJsonObject(value) && Object.keys(value).join() === "file";
  return isFile && typeof value["file"] === "string" && value["file"] !== "";
}

/**
 * Applies the defaults and collects all problems, by name. An unknown name is a problem too: a typing error must not open a
 * gate.
 *
 * @param abilities what the service can do for the scan
 */
export function resolveGateSettings(
  given: GateSettings,
  abilities: Omit<ServiceAbilities, "reportFormats">,
): { settings: ResolvedGateSettings; problems: readonly string[] } {
  const { acceptances, problems } = parseAcceptances(given.accept ?? []);
  return {
    settings: { ...DEFAULTS, ...definedFields(given), accept: acceptances },
    problems: [
      ...Object.entries(given).flatMap(([name, value]) => problemsOf(name, value)),
      ...problems,
      ...unsupportedSettings(given, abilities),
    ],
  };
}

function problemsOf(name: string, value: unknown): string[] {
  if (name === "accept" || value === undefined) return [];
  if (!Object.hasOwn(RULES, name)) return [`${name} is not a gate setting`];
  const [form, isValid] = RULES[name as keyof typeof RULES];
  return isValid(value) ? [] : [`${name} ${form}`];
}

function unsupportedSettings(
  given: GateSettings,
  { jsonFindings, canStop }: Pick<ServiceAbilities, "jsonFindings" | "canStop">,
): string[] {
  const problems: string[] = [];
  // Whether an XML (JUnit) report names each scanner that ran is not known for certain.
  if (!jsonFindings && given.requiredScanners !== undefined) {
    problems.push(
      "requiredScanners needs findings as JSON, which this service or webhook does not have: remove it, or use a project at " +
        "Crashtest Security (crashtest:service)",
    );
  }
  if (!canStop && given.onTimeout === "stopScan") {
    problems.push('onTimeout: "stopScan" cannot be used with a webhook: give the scan a projectId');
  }
  return problems;
}
