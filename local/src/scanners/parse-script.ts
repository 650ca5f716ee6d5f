import { isObject, listOf, must, shape, type Rule } from "../json-shape";
import { SERVICE_SCANNERS } from "./scanner";
import type { Script } from "./script";

const isScanner = (value: unknown): boolean => SERVICE_SCANNERS.some((name) => name === value);

const seconds = must(
  (value) => typeof value === "number" && value >= 0 && Number.isFinite(value),
  "a number of seconds, 0 or more",
);
const text = must((value) => typeof value === "string", "a string");
const slug = must((value) => typeof value === "string" && value !== "", "a non-empty string");
const score = must(
  (value) => value === null || (typeof value === "number" && value >= 0 && value <= 10),
  "a number from 0 to 10, or null",
);
const time = must((value) => typeof value === "string" && !Number.isNaN(Date.parse(value)), "a date and time");
const count = must((value) => Number.isSafeInteger(value) && Number(value) >= 0, "a whole number, 0 or more");
const statusCode = must((value) => Number.isInteger(value), "a whole number");
const scanner = must(isScanner, `one of ${SERVICE_SCANNERS.join(", ")}`);
const anything: Rule = () => [];

const finding = shape({
  fields: { service_type: text, finding_description_slug: slug, information: text, created_at: time },
  required: ["finding_description_slug"],
  isOpen: true,
});
const description = shape({
  fields: { slug, title: text, description: text, how_to_fix: text, baseScore: score },
  required: ["slug", "title"],
  isOpen: true,
});
const outcome: Rule = (value, path) => {
  if (value === "finished") return [];
  const rule = shape({ fields: { failed: text, statusCode } });
  const isOne = isObject(value) && Object.keys(value).length === 1;
  return isOne ? rule(value, path) : [`${path} must be "finished", {"failed": reason} or {"statusCode": number}`];
};
const findings = shape({ fields: Object.fromEntries(SERVICE_SCANNERS.map((name) => [name, listOf(finding)])) });

const COVERED = ["pages", "forms", "parameters"];
const OPERATIONS = shape({ fields: { tested: count, specified: count }, required: ["tested", "specified"] });
const coverage = shape({
  fields: { ...Object.fromEntries(COVERED.map((name) => [name, count])), operations: OPERATIONS },
  required: COVERED,
});

const scan = shape({
  fields: {
    queuedSeconds: seconds,
    durationSeconds: seconds,
    stopSeconds: seconds,
    outcome,
    findings,
    descriptions: listOf(description),
    errors: listOf(shape({ fields: { scanner, message: text }, required: ["scanner", "message"] })),
    ran: listOf(scanner),
    expectedScanners: listOf(scanner),
    coverage,
    login: must((value) => value === "confirmed", '"confirmed"'),
  },
});
const scans: Rule = (value, path) => (Array.isArray(value) ? listOf(scan)(value, path) : scan(value, path));
const script = shape({
  fields: {
    targets: listOf(shape({ fields: { url: slug, scans }, required: ["url", "scans"] })),
    default: scans,
    $schema: anything,
  },
});

/** An invalid script; `reasons` lists every problem with its place. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";

  constructor(readonly reasons: readonly string[]) {
    super(`The script is invalid:\n  ${reasons.join("\n  ")}`);
  }
}

/**
 * Validates a script from outside.
 * @throws ScriptError with all reasons at once.
 */
export function parseScript(value: unknown): Script {
  const reasons = script(value, "script");
  if (reasons.length > 0) throw new ScriptError(reasons);
  return value as Script;
}
