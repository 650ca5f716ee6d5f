import {
  apiKeyProblem,
  endpointProblem,
  FORMER_ENDPOINTS_FORM,
  isRequestRate,
  originOf,
  REQUEST_RATE_FORM,
} from "../client/options";
import { routeProblems } from "../client/routes";
import { slugProblems } from "../client/slugs";
import { SCAN_STATES, type ScanState } from "../scan-state";

/** Why a setting cannot be used. The text never repeats the value. */
export class InvalidSetting extends Error {}

export function parseApiKey(text: string): string {
  const problem = apiKeyProblem(text);
  if (problem !== undefined) throw new InvalidSetting(problem.replace(/^apiKey /, ""));
  return text;
}

export function parseEndpoint(text: string): string {
  const problem = endpointProblem(text);
  if (problem !== undefined) throw new InvalidSetting(problem.replace(/^endpoint /, ""));
  return text;
}

/** A list as JSON, which is also what `pulumi config set --path` makes. */
export function parseFormerEndpoints(text: string): string[] {
  const value = parseJson(text);
  const isEndpoint = (item: unknown): item is string => typeof item === "string" && originOf(item) !== undefined;
  if (Array.isArray(value) && value.every(isEndpoint)) return value;
  throw new InvalidSetting(`${FORMER_ENDPOINTS_FORM}, as JSON: ["https://old.example.com"]`);
}

export function parseTeamId(text: string): string {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidSetting("has to be a whole number above 0, such as 42");
  return text;
}

export const parseOneOf =
  <T extends string>(...allowed: T[]) =>
  (text: string): T => {
    const found = allowed.find((value) => value === text);
    if (found === undefined) throw new InvalidSetting(`has to be ${allowed.join(" or ")}`);
    return found;
  };

export function parseRequestRate(text: string): number {
  const value = Number(text);
  if (!isRequestRate(value)) throw new InvalidSetting(REQUEST_RATE_FORM);
  return value;
}

export function parsePositiveInteger(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isSafeInteger(value))) throw new InvalidSetting("has to be a whole number above 0");
  return value;
}

export function parseRoutes(text: string): Record<string, string> {
  const routes = parseJsonObject(text, '{"startScan": "POST /projects/{projectId}/scans"}');
  if (!hasTextsOnly(routes)) throw new InvalidSetting("has to give a text for each operation");
  refuse(routeProblems(routes));
  return routes;
}

export function parseSlugs(text: string): Record<string, string> {
  const slugs = parseJsonObject(text, '{"projectDeleted": "project_deleted"}');
  if (!hasTextsOnly(slugs)) throw new InvalidSetting("has to give a text for each outcome");
  refuse(slugProblems(slugs));
  return slugs;
}

const hasTextsOnly = (values: Record<string, unknown>): values is Record<string, string> =>
  Object.values(values).every((value) => typeof value === "string");

/** The setting's own name stands before what is thrown here. */
function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new InvalidSetting(problems.map((problem) => problem.replace(/^\w+: /, "")).join("; "));
}

export function parseStatusCodes(text: string): Record<number, ScanState> {
  const codes = parseJsonObject(text, '{"105": "finished"}');
  for (const [code, state] of Object.entries(codes)) {
    if (!/^\d+$/.test(code)) throw new InvalidSetting("has to have whole numbers as its keys");
    if (!SCAN_STATES.some((known) => known === state)) {
      throw new InvalidSetting(`has to have one of ${SCAN_STATES.join(", ")} for each code`);
    }
  }
  return codes as Record<number, ScanState>;
}

function parseJsonObject(text: string, example: string): Record<string, unknown> {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidSetting(`has to be a JSON object such as ${example}`);
  }
  return value as Record<string, unknown>;
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
