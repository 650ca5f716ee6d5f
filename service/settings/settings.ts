import {
  DEFAULT_MAX_REPORT_BYTES,
  OPTION_NAMES,
  OPTION_RULES,
  type ClientOptions,
  type OptionName,
} from "../crashtest/options";
import { InvalidInput, parseId } from "../scan-reference";

/** The namespace of the Pulumi configuration. */
export const CONFIG_NAMESPACE = "crashtest";

/**
 * A setting is Pulumi config `crashtest:NAME` or environment variable `CRASHTEST_NAME` in upper snake case. Units and defaults
 * are documented at `ClientOptions`, and in the README. `teamId` is the default of projects; the others are the client's.
 */
export type SettingName = OptionName | "teamId";

export const SETTING_NAMES: readonly SettingName[] = [...OPTION_NAMES, "teamId"];

/** The settings that are set, parsed; the client has the defaults for the others. */
export interface Settings extends Pick<ClientOptions, OptionName> {
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
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of SETTING_NAMES) {
    const text = settingText(name, sources);
    if (text === undefined) continue;
    const { value, problems: found } = name === "teamId" ? parseTeamId(text) : parseOption(name, text);
    if (found.length === 0) settings[name] = value;
    else problems.push(`${bothNamesOf(name)} ${found.join("; ")}`);
  }
  return { settings, problems };
}

const bothNamesOf = (name: SettingName): string => `${CONFIG_NAMESPACE}:${name} (or ${environmentVariableOf(name)})`;

function parseOption(name: OptionName, text: string): { value: unknown; problems: readonly string[] } {
  const value = OPTION_RULES[name].parse(text);
  return { value, problems: OPTION_RULES[name].problems(value) };
}

function parseTeamId(text: string): { value: unknown; problems: readonly string[] } {
  try {
    return { value: parseId(text), problems: [] };
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
export function clientOptionsOf({ teamId: _defaultTeam, ...options }: Settings): ClientOptions {
  return options;
}
