import {
  DEFAULT_MAX_REPORT_BYTES,
  OPTION_NAMES,
  OPTION_RULES,
  type ClientOptions,
  type OptionName,
} from "../crashtest/options";
import { InvalidInput } from "../input-parsers";
import type { ServiceKind } from "../rules";
import { rulesOf, SERVICE_KINDS } from "./rules";

/** The namespace of the Pulumi configuration. */
export const CONFIG_NAMESPACE = "crashtest";

/**
 * A setting is Pulumi config `crashtest:NAME` or environment variable `CRASHTEST_NAME` in upper snake case. Units and defaults
 * are documented at `ClientOptions`, and in the README. `service` chooses the service, `teamId` is the default of projects; the
 * others are the client's.
 */
export type SettingName = OptionName | "service" | "teamId";

export const SETTING_NAMES: readonly SettingName[] = ["service", ...OPTION_NAMES, "teamId"];

/** The settings that are set, parsed; the client has the defaults for the others. */
export interface Settings extends Pick<ClientOptions, OptionName> {
  /** @default "crashtest" */
  service?: ServiceKind;
  teamId?: string;
}

/** Where settings come from. */
export interface SettingSources {
  /** The stack's configuration: returns the text of `crashtest:NAME`. */
  config: (name: SettingName) => string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}

/** `maxReportBytes` is `CRASHTEST_MAX_REPORT_BYTES`. */
export const environmentVariableOf = (name: SettingName): string =>
  `${CONFIG_NAMESPACE}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();

/** Returns the text of one setting: configuration before environment; empty counts as unset. */
export function settingText(name: SettingName, sources: SettingSources): string | undefined {
  const texts = [sources.config(name), sources.environment[environmentVariableOf(name)]];
  return texts.map((text) => text?.trim()).find((text) => text !== undefined && text !== "");
}

/** Reads all settings; `problems` has one line for each invalid one, and repeats no value. */
export function readSettings(sources: SettingSources): { settings: Settings; problems: string[] } {
  const kind = serviceKindOf(sources);
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of SETTING_NAMES) {
    const text = settingText(name, sources);
    if (text === undefined) continue;
    const { value, problems: found } = parseSetting(name, text, kind);
    if (found.length === 0) settings[name] = value;
    else problems.push(`${bothNamesOf(name)} ${found.join("; ")}`);
  }
  return { settings, problems };
}

const bothNamesOf = (name: SettingName): string => `${CONFIG_NAMESPACE}:${name} (or ${environmentVariableOf(name)})`;

/** Returns the service that the settings choose; an invalid choice, which `readSettings` reports, counts as the default. */
export const serviceKindOf = (sources: SettingSources): ServiceKind =>
  SERVICE_KINDS.find((kind) => kind === settingText("service", sources)) ?? "crashtest";

function parseSetting(
  name: SettingName,
  text: string,
  kind: ServiceKind,
): { value: unknown; problems: readonly string[] } {
  if (name === "teamId") return parseTeamId(text, kind);
  if (name === "service") {
    const isKnown = SERVICE_KINDS.some((known) => known === text);
    return { value: text, problems: isKnown ? [] : [`must be ${SERVICE_KINDS.join(" or ")}`] };
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

/** Returns what users should know about valid settings, one line each. */
export function settingWarnings({ maxReportBytes = 0 }: Settings): string[] {
  if (maxReportBytes <= DEFAULT_MAX_REPORT_BYTES) return [];
  return [`${bothNamesOf("maxReportBytes")} is above ${DEFAULT_MAX_REPORT_BYTES} (64 MiB), and counts as that`];
}

/** Returns the settings that are options of the client. */
export function clientOptionsOf({ service: _service, teamId: _defaultTeam, ...options }: Settings): ClientOptions {
  return options;
}
