import type { OptionName } from "../crashtest/options";

/** The namespace of the Pulumi configuration. */
export const CONFIG_NAMESPACE = "crashtest";

/** The settings of the credentials of Veracode. */
export type CredentialName = "veracodeApiId" | "veracodeApiKey";

/**
 * A setting is Pulumi config `crashtest:NAME` or environment variable `CRASHTEST_NAME` in upper snake case; the credentials of
 * Veracode have the vendor's own variables. Units and defaults are documented at `ClientOptions`, and in the README. `service`
 * chooses the service, `teamId` is the default of projects; the others are the client's.
 */
export type SettingName = OptionName | CredentialName | "service" | "teamId";

/** Where settings come from. */
export interface SettingSources {
  /** The stack's configuration: returns the text of `crashtest:NAME`. */
  config: (name: SettingName) => string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}

/** The vendor's own tools read these too. */
const VENDOR_VARIABLES: Readonly<Record<CredentialName, string>> = {
  veracodeApiId: "VERACODE_API_KEY_ID",
  veracodeApiKey: "VERACODE_API_KEY_SECRET",
};

/** `maxReportBytes` is `CRASHTEST_MAX_REPORT_BYTES`. */
export const environmentVariableOf = (name: SettingName): string =>
  name === "veracodeApiId" || name === "veracodeApiKey"
    ? VENDOR_VARIABLES[name]
    : `${CONFIG_NAMESPACE}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();

export const bothNamesOf = (name: SettingName): string =>
  `${CONFIG_NAMESPACE}:${name} (or ${environmentVariableOf(name)})`;

/** Returns a text without blanks around it; empty counts as unset. */
export function setText(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}

/** Returns the text of one setting: configuration before environment; empty counts as unset. */
export const settingText = (name: SettingName, { config, environment }: SettingSources): string | undefined =>
  setText(config(name)) ?? setText(environment[environmentVariableOf(name)]);
