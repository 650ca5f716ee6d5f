import { DEFAULT_ENDPOINT } from "../crashtest/options";
import type { ServiceKind } from "../rules";
import { REGION_ENDPOINTS } from "../veracode/credentials";
import { isKeySet, serviceKindOf } from "./settings";
import { SERVICE_KINDS } from "./rules";
import { environmentVariableOf, settingText, type SettingSources } from "./sources";

/** The services' own addresses, which any key may be sent to. */
const HOSTED: Readonly<Record<ServiceKind, readonly string[]>> = {
  crashtest: [DEFAULT_ENDPOINT],
  veracode: Object.values(REGION_ENDPOINTS),
};

const KEY_NAMES: Readonly<Record<ServiceKind, string>> = {
  crashtest: "apiKey",
  veracode: "veracodeApiId and veracodeApiKey",
};

/**
 * Returns why the key and the endpoint do not belong together: one is configured, the other is from the environment, and so the
 * key of one account might be sent to the service of another.
 */
export function mixedPlacesProblems(sources: SettingSources): readonly string[] {
  const kind = serviceKindOf(sources);
  const configured = chosen({ ...sources, environment: {} }, kind);
  const surrounding = { ...sources, config: (name: string) => (name === "service" ? kind : undefined) };
  const [endpoint, otherEndpoint] = [settingText("endpoint", configured), settingText("endpoint", surrounding)];
  const key = KEY_NAMES[kind];
  const others = SERVICE_KINDS.filter((other) => other !== kind && isKeySet(chosen(configured, other)));
  if (others.length > 0 && sources.config("service") === undefined) {
    const name = environmentVariableOf("service");
    return others.map(
      (other) =>
        `${KEY_NAMES[other]} is configured, but the service is ${kind}: configure service as ${other}, or unset ${name}`,
    );
  }
  const variable = environmentVariableOf("endpoint");
  if (isKeySet(configured)) {
    const isMixed = endpoint === undefined && otherEndpoint !== undefined && !isHosted(otherEndpoint, kind);
    return isMixed
      ? [`${key} is configured, but the endpoint comes from ${variable}: ${ONE_PLACE}. Configure endpoint as well`]
      : [];
  }
  if (endpoint === undefined || !isKeySet(surrounding)) return [];
  const isSame = otherEndpoint === undefined ? isHosted(endpoint, kind) : sameAddress(endpoint, otherEndpoint);
  if (isSame) return [];
  const remedy = `Configure ${key} as well, or set ${variable} to the same address`;
  return [`endpoint is configured, but ${key} comes from the environment: ${ONE_PLACE}. ${remedy}`];
}

/** Makes the settings choose a service that they do not name. */
const chosen = (sources: SettingSources, kind: ServiceKind): SettingSources => ({
  ...sources,
  environment: { ...sources.environment, [environmentVariableOf("service")]: kind },
});

const ONE_PLACE = "both must come from one place";

const isHosted = (endpoint: string, kind: ServiceKind): boolean =>
  HOSTED[kind].some((hosted) => sameAddress(hosted, endpoint));

const sameAddress = (a: string, b: string): boolean => normalized(a) === normalized(b);

const normalized = (address: string): string =>
  (URL.canParse(address) ? new URL(address).href : address).replace(/\/+$/, "");
