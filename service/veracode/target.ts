import type { components } from "../../contract/veracode.generated";
import type { NewProject, ProjectSnapshot } from "../service";

type TargetRequest = components["schemas"]["TargetRequest"];
type TargetUpdateRequest = components["schemas"]["TargetUpdateRequest"];

/** Our words for a target's types, and the service's. */
export const TARGET_TYPES = { webapp: "WEB_APP", api: "API" } as const;
export const SCAN_TYPES = { quick: "QUICK", enterprise: "ENTERPRISE" } as const;

/** An ID of a target or a run. */
export const ID = /^[0-9A-Za-z-]{1,64}$/;

/** A target of a list. */
export interface Target {
  targetId: string;
  name: string;
  /** The mark of the attempt that created it; undefined where it has none. */
  mark: string | undefined;
  snapshot: ProjectSnapshot;
}

/**
 * In the place of a team that the credentials' user cannot see: another team is then an update, and no replacement. The service
 * never gets it.
 */
const HIDDEN_TEAM = "hidden";

/** A line at the end of the description. ASSUMED: the description comes back unchanged. */
const MARK = /(?:^|\n)\[pulumi-crashtest ([0-9a-f-]{36})\]\s*$/;

/** Returns a description that carries the mark of the attempt to create its target. */
const markedDescription = (description: string | undefined, mark: string): string =>
  [description, `[pulumi-crashtest ${mark}]`].filter(Boolean).join("\n");

/** Returns the body of a create. */
export function toTargetRequest(project: NewProject, mark: string): TargetRequest {
  const { name, url, type, scanType, teamId, description, apiSpecification } = project;
  return {
    name,
    ...splitUrl(url),
    target_type: wordOf(TARGET_TYPES, type),
    scan_type: wordOf(SCAN_TYPES, scanType ?? "quick"),
    is_sec_lead_only: teamId === undefined,
    authorized_to_scan: project.authorizedToScan === true,
    description: markedDescription(description, mark),
    ...(apiSpecification !== undefined && { api_specification_file_url: apiSpecification }),
    ...(teamId !== undefined && { teams: [teamId] }),
  };
}

/** Returns the body of an update. ASSUMED: what is absent stays as it is, and an empty description is removed. */
export function toTargetUpdate(changes: Partial<NewProject>): TargetUpdateRequest {
  const { name, url, teamId, description, apiSpecification } = changes;
  return {
    ...(name !== undefined && { name }),
    ...(url !== undefined && splitUrl(url)),
    ...(description !== undefined && { description }),
    ...(apiSpecification !== undefined && { api_specification_file_url: apiSpecification }),
    ...(teamId !== undefined && teamId !== HIDDEN_TEAM && { teams: [teamId] }),
  };
}

function wordOf<Words extends Readonly<Record<string, string>>>(words: Words, ours: string): Words[keyof Words] {
  const word = Object.hasOwn(words, ours) ? words[ours] : undefined;
  if (word === undefined) throw new TypeError(`${ours} has no word at the service`);
  return word as Words[keyof Words];
}

/** Splits an address: the service takes protocol and rest apart, the rest without a slash at its end. */
function splitUrl(text: string): { protocol: "HTTP" | "HTTPS"; url: string } {
  const { protocol, host, pathname, search } = new URL(text);
  return { protocol: protocol === "http:" ? "HTTP" : "HTTPS", url: `${host}${pathname.replace(/\/+$/, "")}${search}` };
}

/** Returns an address in the one form in which two spellings of the same target are equal. */
export function normalizedUrl(text: string): string {
  const { protocol, url } = splitUrl(text);
  return `${protocol.toLowerCase()}://${url}`;
}

/** Reads a target of an answer; undefined where it has no ID, name or address. */
export function readTarget(value: Record<string, unknown>): Target | undefined {
  const { target_id: targetId, name, protocol, url, description } = value;
  if (!isText(targetId) || !isText(name) || !isText(protocol) || !isText(url)) return undefined;
  const described = typeof description === "string" ? description : "";
  const shown = described.replace(MARK, "");
  const shownTeam: unknown = Array.isArray(value["teams"]) ? value["teams"][0] : undefined;
  const team = shownTeam ?? (value["is_sec_lead_only"] === false ? HIDDEN_TEAM : undefined);
  const snapshot: ProjectSnapshot = {
    name,
    url: `${protocol.toLowerCase()}://${url}`,
    ...textMember("type", oursOf(TARGET_TYPES, value["target_type"])),
    ...textMember("scanType", oursOf(SCAN_TYPES, value["scan_type"])),
    // As a program's team is parsed.
    ...textMember("teamId", typeof team === "string" ? team.toLowerCase() : undefined),
    ...textMember("description", shown),
    ...textMember("apiSpecification", value["api_specification_file_url"]),
    ...textMember("createdAt", utcTime(value["created_at"])),
  };
  return { targetId, name, mark: MARK.exec(described)?.[1], snapshot };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const textMember = <Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> =>
  isText(value) ? ({ [name]: value } as Record<Name, string>) : {};

/** A word that is not known is kept, in lower case, so that a state shows what the service said. */
function oursOf(words: Readonly<Record<string, string>>, theirs: unknown): string | undefined {
  const known = Object.entries(words).find(([, word]) => word === theirs)?.[0];
  return known ?? (typeof theirs === "string" ? theirs.toLowerCase() : undefined);
}

/** Returns an ISO 8601 time in UTC; undefined where the value is not a time. */
export function utcTime(value: unknown): string | undefined {
  const timeMs = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(timeMs) ? undefined : new Date(timeMs).toISOString();
}
