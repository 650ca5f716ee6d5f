import { DEFAULT_MAX_REPORT_BYTES } from "../client/options";
import { OPTION_NAMES, OPTION_RULES, type ClientOptions, type OptionName } from "../crashtest/options";
import { InvalidInput } from "../input-parsers";
import type { ServiceKind } from "../rules";
import type { ClientOptions as VeracodeOptions } from "../veracode/options";
import { readCredentials, type CredentialSettings } from "./credentials";
import { rulesOf, SERVICE_KINDS } from "./rules";
import { bothNamesOf, settingText, type CredentialName, type SettingName, type SettingSources } from "./sources";

export { CONFIG_NAMESPACE, environmentVariableOf, settingText, type SettingName, type SettingSources } from "./sources";

/** Settings that are read one by one. */
type SingleName = Exclude<SettingName, CredentialName>;

const SINGLE_NAMES: readonly SingleName[] = ["service", ...OPTION_NAMES, "teamId"];

export const SETTING_NAMES: readonly SettingName[] = [...SINGLE_NAMES, "veracodeApiId", "veracodeApiKey"];

/** The settings that are set, parsed; the client has the defaults for the others. */
export interface Settings extends Pick<ClientOptions, OptionName>, Partial<CredentialSettings> {
  /** The service: `crashtest` (Crashtest Security) or `veracode` (Veracode DAST Essentials). @default "crashtest" */
  service?: ServiceKind;
  /** Only Crashtest: the API key of one user, with that user's permissions. It must be a secret. */
  apiKey?: string;
  /**
   * The address of the service: `https`, without query and credentials. `http` is accepted for loopback addresses only, since it
   * would send a key in plain text.
   * @default "https://api.crashtest.cloud"; at Veracode that of the credentials' region
   */
  endpoint?: string;
  /** The team of projects that do not set one. At Crashtest Security a whole number, at Veracode a UUID. */
  teamId?: string;
  /** Only Crashtest: how the key is sent, in a `header` or in the `query`. @default "header" */
  apiKeyIn?: "header" | "query";
  /** Only Crashtest: the name that the key is sent under, `api_key` or `API_KEY`. @default "api_key" */
  apiKeyName?: "api_key" | "API_KEY";
  /** Only Crashtest: replaces routes of the contract. Maps an operation to `METHOD /path`. @default none */
  routes?: Readonly<Record<string, string>>;
  /** Only Crashtest: replaces the slugs by which the service names outcomes. Maps an outcome to a slug. @default none */
  slugs?: Readonly<Record<string, string>>;
  /**
   * The maximum rate at which requests start, in requests per second, for all requests of one process. 0.01 (one in 100 s) or more.
   * @default no limit; at Veracode 2
   */
  requestsPerSecond?: number;
}

/** Only Crashtest has these. */
const ONLY_AT_CRASHTEST: ReadonlySet<SettingName> = new Set(["apiKeyIn", "apiKeyName", "routes", "slugs"]);

/** Reads all settings; `problems` has one line for each invalid one, and repeats no value. */
export function readSettings(sources: SettingSources): { settings: Settings; problems: string[] } {
  const kind = serviceKindOf(sources);
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of SINGLE_NAMES) {
    const text = settingText(name, sources);
    // A user of both services may have the key of the other one in the environment.
    if (text === undefined || (kind === "veracode" && name === "apiKey")) continue;
    const { value, problems: found } = parseSetting(name, text, kind);
    if (found.length === 0) settings[name] = value;
    else problems.push(`${bothNamesOf(name)} ${found.join("; ")}`);
  }
  if (kind === "crashtest") return { settings, problems };
  const { credentials, problems: wrong } = readCredentials(sources);
  return { settings: { ...settings, ...credentials }, problems: [...problems, ...wrong] };
}

/** Returns the service that the settings choose; an invalid choice, which `readSettings` reports, counts as the default. */
export const serviceKindOf = (sources: SettingSources): ServiceKind =>
  SERVICE_KINDS.find((kind) => kind === settingText("service", sources)) ?? "crashtest";

function parseSetting(
  name: SingleName,
  text: string,
  kind: ServiceKind,
): { value: unknown; problems: readonly string[] } {
  if (name === "teamId") return parseTeamId(text, kind);
  if (name === "service") {
    const isKnown = SERVICE_KINDS.some((known) => known === text);
    return { value: text, problems: isKnown ? [] : [`must be ${SERVICE_KINDS.join(" or ")}`] };
  }
  if (kind !== "crashtest" && ONLY_AT_CRASHTEST.has(name)) {
    const problem = `can only be set with ${bothNamesOf("service")} crashtest: remove it`;
    return { value: undefined, problems: [problem] };
  }
  const value = OPTION_RULES[name].parse(text);
  return { value, problems: OPTION_RULES[name].problems(value) };
}

function parseTeamId(text: string, kind: ServiceKind): { value: unknown; problems: readonly string[] } {
  const rule = rulesOf(kind).project.properties.teamId;
  try {
    return { value: typeof rule === "string" ? text : rule.parse(text), problems: [] };
  } catch (error) {
    if (error instanceof InvalidInput) return { value: undefined, problems: [error.message] };
    throw error;
  }
}

/** Whether a key or credentials of the chosen service are set, valid or not. */
export function isKeySet(sources: SettingSources): boolean {
  if (serviceKindOf(sources) === "crashtest") return settingText("apiKey", sources) !== undefined;
  const { credentials, problems } = readCredentials(sources);
  return credentials !== undefined || problems.length > 0;
}

/** Returns what users should know about valid settings, one line each. */
export function settingWarnings({ maxReportBytes = 0 }: Settings): string[] {
  if (maxReportBytes <= DEFAULT_MAX_REPORT_BYTES) return [];
  return [`${bothNamesOf("maxReportBytes")} is above ${DEFAULT_MAX_REPORT_BYTES} (64 MiB), and counts as that`];
}

/** Returns the secrets among the settings, which no text may contain; none that is invalid, since it is not sent. */
export function secretsOf(sources: SettingSources): readonly (string | undefined)[] {
  const { veracodeApiKey } = readSettings(sources).settings;
  // Without the prefix of its region, which is no secret.
  return [settingText("apiKey", sources), veracodeApiKey?.split("-").at(-1)];
}

/** Returns the settings that are options of Crashtest's client. */
export function clientOptionsOf(settings: Settings): ClientOptions {
  const { service: _service, teamId: _defaultTeam, veracodeApiId: _id, veracodeApiKey: _key, ...options } = settings;
  return options;
}

/** Returns the settings that are options of Veracode's client. */
export function veracodeOptionsOf(settings: Settings): VeracodeOptions {
  const { veracodeApiId, veracodeApiKey, service: _service, teamId: _defaultTeam, apiKey: _key, ...options } = settings;
  return {
    ...options,
    ...(veracodeApiId !== undefined && { apiId: veracodeApiId }),
    ...(veracodeApiKey !== undefined && { apiKey: veracodeApiKey }),
  };
}
