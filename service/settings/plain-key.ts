import { PULUMI_REMEDIES, VERACODE_PULUMI_REMEDIES } from "./remedies";
import { CONFIG_NAMESPACE } from "./sources";

/** Settings that must be secrets, with what to do and what to call the key. */
const SECRET_SETTINGS = [
  { name: "apiKey", remedy: PULUMI_REMEDIES.missingKey, key: "key" },
  { name: "veracodeApiKey", remedy: VERACODE_PULUMI_REMEDIES.missingCredentials, key: "pair of credentials" },
] as const;

export type SecretSettingName = (typeof SECRET_SETTINGS)[number]["name"];

/** Returns a problem for each key that is configured in plain text, which the engine copies into the state. */
export const plainKeyProblems = (isPlain: (name: SecretSettingName) => boolean): string[] =>
  SECRET_SETTINGS.filter(({ name }) => isPlain(name)).map(
    ({ name, remedy, key }) =>
      `${CONFIG_NAMESPACE}:${name} is stored in plain text, but must be a secret: ${remedy}; then create a new ${key} at the ` +
      "service, since this one may be in the state",
  );
