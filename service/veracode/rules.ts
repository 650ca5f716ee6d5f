import { InvalidInput, parseId, parseTargetUrl, parseText } from "../input-parsers";
import type { Login } from "../login";
import type { ProjectRules, PropertyRule, ServiceAbilities, ServiceRules } from "../rules";
import type { TargetKind } from "../service";
import { ID, normalizedUrl, SCAN_TYPES, TARGET_TYPES } from "./target";

/** The vendor asks clients not to request the status of a long scan more often than every two minutes. */
const SLOW_POLLING = { afterSeconds: 600, pauseSeconds: 120 };

/** A start by webhook that is answered with an ID has started that scan; one that finds another scan running has no ID. */
const ABILITIES: Readonly<Record<TargetKind, ServiceAbilities>> = {
  project: {
    jsonFindings: false,
    canStop: true,
    knowsWhoStarted: true,
    reportFormats: ["xml", "pdf", "csv"],
    slowPolling: SLOW_POLLING,
  },
  webhook: {
    jsonFindings: false,
    canStop: false,
    knowsWhoStarted: true,
    reportFormats: ["xml"],
    slowPolling: SLOW_POLLING,
  },
};

const LONGEST_NAME = 255;
const LONGEST_SPECIFICATION = 255;
/** ASSUMED: the service takes as much, and a line more. */
const LONGEST_DESCRIPTION = 2_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns a parser of an ID, which the service makes of letters, digits and hyphens. */
const idParser = (what: string) => (value: unknown) => {
  if (typeof value === "string" && ID.test(value)) return value;
  throw new InvalidInput(`must be the ID of ${what}: letters, digits and hyphens, as a text`);
};

function parseTeam(value: unknown): string {
  const text = typeof value === "string" ? value.toLowerCase() : "";
  if (UUID.test(text)) return text;
  throw new InvalidInput("must be the UUID of a team, such as 0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f");
}

function parseUrl(value: unknown): string {
  const text = parseTargetUrl(value);
  if (text.includes("#")) throw new InvalidInput("must not contain a fragment");
  return text;
}

function parseSpecification(value: unknown): string {
  const text = parseTargetUrl(value);
  if (text.length > LONGEST_SPECIFICATION) {
    throw new InvalidInput(`must have at most ${LONGEST_SPECIFICATION} characters`);
  }
  return text;
}

function parseDescription(value: unknown): string {
  if (typeof value === "string" && value.length <= LONGEST_DESCRIPTION) return value;
  throw new InvalidInput(`must be a text of at most ${LONGEST_DESCRIPTION} characters`);
}

const wordParser = (words: Readonly<Record<string, string>>) => (value: unknown) => {
  if (typeof value === "string" && Object.hasOwn(words, value)) return value;
  throw new InvalidInput(`must be ${Object.keys(words).join(" or ")}`);
};

function parseConsent(value: unknown): true {
  if (value === true) return value;
  throw new InvalidInput(`must be true: ${CONSENT}`);
}

const CONSENT = "Veracode scans a target only if whoever creates it is authorized to have it scanned";

const updating: PropertyRule["onChange"] = (old, value) => (old === value ? undefined : "update");
const replacing: PropertyRule["onChange"] = (old, value) => (old === value ? undefined : "replace");

const asUrl = (value: unknown): unknown =>
  typeof value === "string" && URL.canParse(value) ? normalizedUrl(value) : value;

const PROJECT_RULES: ProjectRules = {
  properties: {
    // The service keeps whether a target has a team for good, but not which.
    teamId: { parse: parseTeam, onChange: (old, value) => (old === undefined ? "replace" : updating(old, value)) },
    url: {
      parse: parseUrl,
      missing: "must be set: the address to scan",
      onChange: (old, value) => updating(asUrl(old), asUrl(value)),
    },
    name: { parse: parseText(LONGEST_NAME), missing: "must be set", onChange: updating },
    type: { parse: wordParser(TARGET_TYPES), fallback: "webapp", onChange: replacing },
    scanType: { parse: wordParser(SCAN_TYPES), fallback: "quick", onChange: replacing },
    // The state has no empty description.
    description: { parse: parseDescription, onChange: (old = "", value) => updating(old, value) },
    // An upload takes the place of the address, which the service then no longer says.
    apiSpecification: { parse: parseSpecification, mayVanish: true, onChange: updating },
    authorizedToScan: {
      parse: parseConsent,
      missing: `must be true: ${CONSENT}`,
      isWriteOnly: true,
      onChange: () => undefined,
    },
  },
  problemsOf({ type, apiSpecification, adoptProjectId }, olds) {
    const property = "apiSpecification";
    if (type === "webapp" && apiSpecification !== undefined) {
      return [{ property, reason: 'can only be set with type "api"' }];
    }
    // One that was adopted as an API has a specification of its own.
    const isKept = adoptProjectId !== undefined || olds["type"] === "api";
    const isMissing = type === "api" && apiSpecification === undefined && !isKept;
    return isMissing
      ? [{ property, reason: 'must be set with type "api": the address of an OpenAPI or HAR file' }]
      : [];
  },
  hasUniqueNames: true,
  canRead: true,
};

/** The target's profile has one form login; the webhook stores a list. */
function loginProblems({ form = [] }: Login, kind: TargetKind): readonly string[] {
  if (kind !== "project" || form.length <= 1) return [];
  const problem = `has ${form.length} forms, but at Veracode a project can have only one`;
  return [`${problem}: remove the others, or start the scan by webhook, which takes several`];
}

export const VERACODE_RULES: ServiceRules = {
  kind: "veracode",
  abilitiesFor: (kind) => ABILITIES[kind],
  loginProblems,
  parseProjectId: idParser("a target"),
  parseScanId: (value, kind) => (kind === "webhook" ? parseId(value) : idParser("an analysis run")(value)),
  project: PROJECT_RULES,
};
