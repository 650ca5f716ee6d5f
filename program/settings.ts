import * as pulumi from "@pulumi/pulumi";
import {
  CONFIG_NAMESPACE,
  readSettings,
  secretsOf,
  settingText,
  type Settings,
  type SettingName,
  type SettingSources,
} from "../service/settings/settings";
import { ConfigurationError } from "../errors/errors";
import { plainKeyProblems } from "../service/settings/plain-key";

/** The SDK has this at run time although its types do not say so. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret?: (key: string) => boolean };

/** Where a program's settings come from: the stack's configuration, then the environment. */
export function programSources(): SettingSources {
  const config = new pulumi.Config(CONFIG_NAMESPACE);
  return { config: (name) => config.get(name), environment: process.env };
}

/**
 * Refuses an API key in plain text in the stack's configuration, which the engine copies into the state: that of each service,
 * whichever is used.
 *
 * @throws ConfigurationError
 */
export function refusePlainApiKey(): void {
  const problems = plainKeyProblems((name) => {
    const configured = settingText(name, { ...programSources(), environment: {} });
    return configured !== undefined && isConfigSecret?.(`${CONFIG_NAMESPACE}:${name}`) === false;
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/** Returns the secrets among the settings, which no text may contain. */
export const programSecrets = (): readonly (string | undefined)[] => secretsOf(programSources());

/** Returns the text of one setting; undefined where it is not set. */
export const programSettingText = (name: SettingName): string | undefined => settingText(name, programSources());

/**
 * Reads the settings of this program.
 *
 * @throws ConfigurationError with all problems
 */
export function programSettings(): Settings {
  refusePlainApiKey();
  const { settings, problems } = readSettings(programSources());
  if (problems.length > 0) throw new ConfigurationError(problems);
  return settings;
}
