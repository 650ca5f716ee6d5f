import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  COMMON_OPTION_RULES,
  requireValid,
  resolveCommonOptions,
  textRule,
  type CommonOptions,
  type OptionRule,
  type ResolvedCommonOptions,
} from "../client/options";
import { apiIdProblem, apiKeyProblem, parseCredentials, REGION_ENDPOINTS, type Region } from "./credentials";
import type { Remedies } from "./remedies";
import { authorizationOf } from "./signature";

/**
 * The vendor refuses more than 500 requests a minute from one network address, and advises to stay below 250: 120 for the
 * program, and as many for the provider, which is another process.
 */
const DEFAULT_REQUESTS_PER_SECOND = 2;

/** Options of the client. */
export interface ClientOptions extends CommonOptions {
  /** The API ID, with or without the prefix of its region. */
  apiId?: string;
  /** The API secret key, with or without the prefix of its region. */
  apiKey?: string;
  /** The address of the service, as for Crashtest. @default that of the credentials' region, else "https://api.veracode.com" */
  endpoint?: string;
  /** As for Crashtest. @default 2 */
  requestsPerSecond?: number;
  /** Waits, or rejects when the signal is aborted. For tests. @default a timer */
  sleep?: (waitMs: number, signal?: AbortSignal) => Promise<void>;
  /** Returns 32 hexadecimal digits. For tests. @default random ones */
  createNonce?: () => string;
  /** Returns a UUID, which marks one attempt to create a target. For tests. @default a random one */
  createMark?: () => string;
}

/** Options with all defaults applied. */
export interface ResolvedOptions extends ResolvedCommonOptions {
  hasCredentials: boolean;
  /** What no message may contain. */
  secrets: readonly string[];
  remedies: Remedies;
  sleep: (waitMs: number, signal?: AbortSignal) => Promise<void>;
  createMark: () => string;
}

const OPTION_RULES = {
  ...COMMON_OPTION_RULES,
  apiId: textRule(apiIdProblem),
  apiKey: textRule(apiKeyProblem),
} satisfies Record<string, OptionRule>;

/**
 * Applies the defaults.
 *
 * @throws ConfigurationError with all problems
 */
export function resolveOptions(options: ClientOptions, remedies: Remedies): ResolvedOptions {
  const { apiId: id, apiKey: key, createNonce = () => randomBytes(16).toString("hex") } = options;
  const credentials = id !== undefined && key !== undefined ? parseCredentials({ id, key }) : undefined;
  const contradiction = credentials?.contradiction ?? regionProblem(credentials?.region, options.endpoint, remedies);
  requireValid(OPTION_RULES, options, contradiction === undefined ? [] : [contradiction]);
  const common = resolveCommonOptions(options, {
    endpoint: REGION_ENDPOINTS[credentials?.region ?? "global"],
    requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND,
  });
  const signing = credentials && {
    sign: (attempt: Parameters<typeof authorizationOf>[1]) =>
      authorizationOf(credentials.signingKey, attempt, { timeMs: common.now(), nonce: createNonce() }),
  };
  return {
    ...common,
    ...signing,
    hasCredentials: credentials !== undefined,
    secrets: credentials === undefined ? [] : [credentials.signingKey.secret],
    remedies,
    sleep: options.sleep ?? ((waitMs, signal) => sleep(waitMs, undefined, signal && { signal })),
    createMark: options.createMark ?? randomUUID,
  };
}

/** Returns why an endpoint cannot be used with credentials of a region. An address that is not the vendor's may be any region's. */
function regionProblem(
  region: Region | undefined,
  endpoint: string | undefined,
  { option }: Remedies,
): string | undefined {
  if (endpoint === undefined) {
    return region === "fedramp"
      ? `the credentials belong to the US federal region, which has no DAST Essentials: use those of another region, or set ${option("endpoint")}`
      : undefined;
  }
  const hostname = URL.canParse(endpoint) ? new URL(endpoint).hostname : undefined;
  const regions = Object.entries(REGION_ENDPOINTS) as [Region, string][];
  const named = regions.find(([, address]) => new URL(address).hostname === hostname)?.[0];
  return region === undefined || named === undefined || named === region
    ? undefined
    : `${option("endpoint")} belongs to the region ${named}, but the credentials belong to the region ${region}: remove ` +
        `${option("endpoint")}, or use credentials of its region`;
}
