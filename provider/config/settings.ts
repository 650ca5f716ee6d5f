import type { ClientOptions } from "../client";
import {
  InvalidSetting,
  parseApiKey,
  parseEndpoint,
  parseFormerEndpoints,
  parseOneOf,
  parsePositiveInteger,
  parseRequestRate,
  parseRoutes,
  parseSlugs,
  parseStatusCodes,
  parseTeamId,
} from "./parsers";

/** The namespace of the Pulumi configuration. */
export const CONFIG_NAMESPACE = "crashtest";

/**
 * Every setting and how its text is read. Each is found as Pulumi config `crashtest:NAME` or as environment variable
 * `CRASHTEST_NAME` in upper snake case; units and defaults stand at `ClientOptions`, and in the README.
 */
const PARSERS = {
  apiKey: parseApiKey,
  endpoint: parseEndpoint,
  formerEndpoints: parseFormerEndpoints,
  teamId: parseTeamId,
  apiKeyIn: parseOneOf("header", "query"),
  apiKeyName: parseOneOf("api_key", "API_KEY"),
  routes: parseRoutes,
  slugs: parseSlugs,
  requestsPerSecond: parseRequestRate,
  maxRequestsInFlight: parsePositiveInteger,
  maxReportBytes: parsePositiveInteger,
  statusCodes: parseStatusCodes,
};

export type SettingName = keyof typeof PARSERS;

/** The settings that were given, read; what is absent has its default in the client. */
export type Settings = { [Name in SettingName]?: ReturnType<(typeof PARSERS)[Name]> };

export const SETTING_NAMES = Object.keys(PARSERS) as SettingName[];

/** Where settings come from. */
export interface SettingSources {
  /** The stack's configuration: the text behind `crashtest:NAME`. */
  config: (name: SettingName) => string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}

/** `maxReportBytes` is `CRASHTEST_MAX_REPORT_BYTES`. */
export const environmentVariableOf = (name: SettingName): string =>
  `${CONFIG_NAMESPACE}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();

/** One setting's text: configuration before environment; empty is unset. */
export function settingText(name: SettingName, sources: SettingSources): string | undefined {
  const texts = [sources.config(name), sources.environment[environmentVariableOf(name)]];
  return texts.map((text) => text?.trim()).find((text) => text !== undefined && text !== "");
}

/** Reads all settings; `problems` has one line for each that cannot be used, and repeats no value. */
export function readSettings(sources: SettingSources): { settings: Settings; problems: string[] } {
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of SETTING_NAMES) {
    const text = settingText(name, sources);
    if (text === undefined) continue;
    try {
      settings[name] = PARSERS[name](text);
    } catch (error) {
      if (!(error instanceof InvalidSetting)) throw error;
      problems.push(`${CONFIG_NAMESPACE}:${name} (or ${environmentVariableOf(name)}) ${error.message}`);
    }
  }
  return { settings, problems };
}

/** The part of the settings that the client takes. */
export function clientOptionsOf({ teamId: _defaultTeam, ...options }: Settings): ClientOptions {
  return options;
}
