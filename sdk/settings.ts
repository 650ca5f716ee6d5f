import * as pulumi from "@pulumi/pulumi";
import {
  CONFIG_NAMESPACE,
  readSettings,
  settingText,
  type Settings,
  type SettingName,
  type SettingSources,
} from "../provider/config/settings";
import { API_KEY_REMEDY, ConfigurationError } from "../provider/errors";

/** The SDK has this at run time and leaves it out of its types. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret?: (key: string) => boolean };

/** Where a program's settings come from: the stack's configuration, then the environment. */
function programSources(): SettingSources {
  const config = new pulumi.Config(CONFIG_NAMESPACE);
  return { config: (name) => config.get(name), environment: process.env };
}

/**
 * Refuses an API key that stands in the stack's configuration in plain text, which the engine copies into the state.
 *
 * @throws ConfigurationError
 */
export function refusePlainApiKey(): void {
  const key = `${CONFIG_NAMESPACE}:apiKey`;
  const configured = settingText("apiKey", { ...programSources(), environment: {} });
  if (configured === undefined || isConfigSecret === undefined || isConfigSecret(key)) return;
  throw new ConfigurationError([
    `${key} is stored in plain text, and has to be a secret: ${API_KEY_REMEDY}; then make a new key at the service, since this one may stand in the state`,
  ]);
}

/** One setting as it was given, unread; undefined where it was not. */
export const programSettingText = (name: SettingName): string | undefined => settingText(name, programSources());

/**
 * The settings of this program.
 *
 * @throws ConfigurationError with all that is wrong
 */
export function programSettings(): Settings {
  refusePlainApiKey();
  const { settings, problems } = readSettings(programSources());
  if (problems.length > 0) throw new ConfigurationError(problems);
  return settings;
}
