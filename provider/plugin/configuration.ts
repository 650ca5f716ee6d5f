import { connectOrRefuse } from "../../service/settings/connect";
import { mixedPlacesProblems } from "../../service/settings/one-place";
import { plainKeyProblems } from "../../service/settings/plain-key";
import { CONFIG_NAMESPACE, readSettings, SETTING_NAMES, type SettingSources } from "../../service/settings/settings";
import type { ScanningService } from "../../service/service";
import { withoutValue } from "../host/check-failures";
import { type Checked, UNKNOWN, type Values } from "../lifecycle/lifecycle";
import { hasSecret, plain } from "../wire/properties";
import { version } from "./schema";
import { parseUrn } from "../wire/urn";

/** Inputs of a provider that the engine adds. */
const OF_THE_ENGINE = ["version", "pluginDownloadURL"];

/** A provider that the engine makes of the stack's configuration, where the program declares none; by its version, if it has one. */
const DEFAULT_PROVIDER = /^default(_\d+_\d+_\d+.*)?$/;

type Environment = SettingSources["environment"];

/**
 * Returns where the settings of a provider come from: its own inputs, then the environment. The inputs of a default provider are
 * the stack's configuration; one that the program declares never sees that.
 */
export const sourcesOf = (inputs: Values, environment: Environment): SettingSources => ({
  config: (name) => textOf(plain(inputs[name])),
  environment,
});

/** Settings are parsed from text, in whichever form a language sends them. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null || value === UNKNOWN) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Checks the inputs of a provider: all failures at once, none of which repeats a value. */
export function checkConfiguration(urn: string, news: Values, environment: Environment): Checked {
  const isSetting = (name: string): boolean => SETTING_NAMES.some((setting) => setting === name);
  const unknownNames = Object.keys(news).filter((name) => !isSetting(name) && !OF_THE_ENGINE.includes(name));
  const problems = [
    ...versionProblems(news["version"]),
    ...unknownNames.map((name) => `${CONFIG_NAMESPACE}:${name} is not a setting: expected ${SETTING_NAMES.join(", ")}`),
    // A preview that does not know all values yet cannot say what is missing.
    ...(Object.values(news).some((value) => plain(value) === UNKNOWN) ? [] : problemsOf(urn, news, environment)),
  ];
  const failures = problems.map((reason) => withoutValue({ property: "", reason }));
  return { inputs: news, failures };
}

/** An older plugin would ignore what it does not know: a setting of a gate, and the gate would open. */
function versionProblems(sdkVersion: unknown): readonly string[] {
  if (typeof sdkVersion !== "string" || !isNewer(sdkVersion, version())) return [];
  return [
    `the SDK is of version ${sdkVersion}, but the plugin is of ${version()}, which may not know all that it sends: install ` +
      `the plugin of that version, and remove an older pulumi-resource-crashtest from the PATH`,
  ];
}

function isNewer(one: string, other: string): boolean {
  const others = numbersOf(other);
  const differences = numbersOf(one).map((number, index) => number - (others[index] ?? 0));
  return (differences.find((difference) => difference !== 0) ?? 0) > 0;
}

/** What follows the three numbers of a version counts for nothing. */
const numbersOf = (text: string): readonly number[] => /^(\d+)\.(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number) ?? [];

/**
 * Returns a problem for each key among the inputs that is no secret. The engine tells secrets when it configures a provider, not
 * when it has the inputs checked.
 */
export const plainKeysIn = (inputs: Values): readonly string[] =>
  plainKeyProblems((name) => {
    const isSet = ![undefined, null, "", UNKNOWN].some((unset) => inputs[name] === unset);
    return isSet && !hasSecret(inputs[name]);
  });

/**
 * Returns whether a provider of the stack's configuration must be configured anew although its values are the same: the engine does
 * not say here whether a key has become a secret, and would go on with the old one. It shows nothing of such an update.
 */
export const mayHaveNewSecrets = (urn: string, inputs: Values): boolean =>
  DEFAULT_PROVIDER.test(parseUrn(urn).name) && plainKeysIn(inputs).length > 0;

function problemsOf(urn: string, inputs: Values, environment: Environment): readonly string[] {
  const sources = sourcesOf(inputs, environment);
  return [...readSettings(sources).problems, ...placeProblems(urn, sources)];
}

const placeProblems = (urn: string, sources: SettingSources): readonly string[] =>
  DEFAULT_PROVIDER.test(parseUrn(urn).name) ? [] : mixedPlacesProblems(sources);

/** Connects to the service that a provider's inputs choose; with invalid settings, each call is refused. */
export function connectProvider(urn: string, sources: SettingSources): ScanningService {
  return connectOrRefuse(sources, placeProblems(urn, sources));
}
