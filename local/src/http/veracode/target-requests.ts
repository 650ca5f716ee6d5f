import type { ProjectSettings } from "../../store/projects";
import type { User } from "../../store/users";
import type { Access } from "../access";
import { causesAgainst, type AddressRules } from "./address";
import type { Wire } from "./operations";
import { Problem, type Cause } from "./problem";
import { teamIdOf } from "./team-id";

export interface TargetRules extends AddressRules {
  access: Access;
  /** Whether another target has this name. */
  isTaken: (name: string) => boolean;
}

const cause = (code: string, detail: string): Cause => ({ code, detail });
const NOT_UNIQUE = cause("TARGET_NAME_NOT_UNIQUE", "Another target of the organisation has this name.");
const TEAM_COUNT = cause("INVALID_TEAM_COUNT", "Exactly one team is required.");
const FOR_LEADS_ONLY = cause("INVALID_SEC_LEAD_PERMISSIONS", "A target for security leads only has no team.");

/**
 * Returns the settings of a new target. A target for security leads only is stored with the user's first team.
 * ASSUMED: the code NOT_AUTHORIZED_TO_SCAN, and that all causes are reported at once.
 * @throws Problem 400 with all causes.
 */
export function settingsOfNew(request: Wire["TargetRequest"], user: User, rules: TargetRules): ProjectSettings {
  const { name, target_type: type, scan_type: scanType, is_sec_lead_only: isForLeadsOnly, teams } = request;
  const causes = causesAgainst(request.url, rules);
  if (rules.isTaken(name)) causes.push(NOT_UNIQUE);
  if (!request.authorized_to_scan) {
    causes.push(cause("NOT_AUTHORIZED_TO_SCAN", "Confirm that you are authorized to scan the target."));
  }
  if (scanType === "FULL") causes.push(cause("DEPRECATED_SCAN_TYPE", "Use QUICK or ENTERPRISE."));
  if (type === "API" && request.api_specification_file_url === undefined) {
    causes.push(cause("API_SPEC_URL_REQUIRED", "An API needs the URL of its specification."));
  }
  if (isForLeadsOnly && teams !== undefined && teams.length > 0) causes.push(FOR_LEADS_ONLY);
  const team = isForLeadsOnly ? firstTeamOf(user, rules.access) : teamOf(teams, user, rules.access);
  if (typeof team === "object") causes.push(team);
  if (causes.length > 0 || typeof team === "object") throw new Problem(400, causes);
  return {
    ...{ name, teamId: team, isForLeadsOnly, type: type === "API" ? "api" : "webapp" },
    url: `${request.protocol.toLowerCase()}://${request.url}`,
    scanType: scanType === "ENTERPRISE" ? "enterprise" : "quick",
    description: request.description === "" ? undefined : request.description,
    apiSpecification: request.api_specification_file_url,
  };
}

/**
 * Returns the changed settings of a target; what the request leaves out stays.
 * @throws Problem 400 with all causes.
 */
export function settingsOfChanged(
  request: Wire["TargetUpdateRequest"],
  current: ProjectSettings,
  user: User,
  rules: TargetRules,
): ProjectSettings {
  const { name = current.name, description = current.description, teams } = request;
  const [, currentProtocol = "", currentAddress = ""] = /^(.*?):\/\/(.*)$/s.exec(current.url) ?? [];
  const address = request.url ?? currentAddress;
  const causes = request.url === undefined ? [] : causesAgainst(request.url, rules);
  if (name !== current.name && rules.isTaken(name)) causes.push(NOT_UNIQUE);
  const team = changedTeamOf(teams, current, user, rules.access);
  if (typeof team === "object") causes.push(team);
  if (causes.length > 0 || typeof team === "object") throw new Problem(400, causes);
  return {
    ...current,
    ...{ name, teamId: team, url: `${request.protocol?.toLowerCase() ?? currentProtocol}://${address}` },
    description: description === "" ? undefined : description,
    apiSpecification: request.api_specification_file_url ?? current.apiSpecification,
  };
}

function changedTeamOf(
  teams: readonly string[] | undefined,
  current: ProjectSettings,
  user: User,
  access: Access,
): number | Cause {
  if (teams === undefined) return current.teamId;
  if (!current.isForLeadsOnly) return teamOf(teams, user, access);
  return teams.length === 0 ? current.teamId : FOR_LEADS_ONLY;
}

function teamOf(teams: readonly string[] | undefined, user: User, access: Access): number | Cause {
  const [uuid] = teams ?? [];
  if (uuid === undefined) return TEAM_COUNT;
  const id = teamIdOf(uuid);
  const isMember = access.teamsOf(user).some((team) => team.id === id);
  return id !== undefined && isMember ? id : cause("TEAM_UNAUTHORIZED", "The user is not a member of this team.");
}

function firstTeamOf(user: User, access: Access): number | Cause {
  return access.teamsOf(user)[0]?.id ?? cause("ORGANIZATION_FORBIDDEN", "The user is in no team.");
}
