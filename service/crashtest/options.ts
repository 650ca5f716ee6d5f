import {
  COMMON_OPTION_RULES,
  requireValid,
  resolveCommonOptions,
  tableRule,
  textRule,
  type CommonOptions,
  type OptionRule,
  type ResolvedCommonOptions,
} from "../client/options";
import type { Remedies } from "./remedies";
import { routeProblems, ROUTES, type RouteTable } from "./routes";
import { slugProblems, SLUGS, type SlugTable } from "./answers";

/** The hosted service. */
export const DEFAULT_ENDPOINT = "https://api.crashtest.cloud";

/** Options of the API client. Only the key has no default. */
export interface ClientOptions extends CommonOptions {
  /** The API key of one user, with that user's permissions. Not needed for the webhook's operations. */
  apiKey?: string;
  /**
   * The address of the service: `https`, without query and credentials. `http` is accepted for loopback addresses only, since
   * it would send the key in plain text.
   * @default "https://api.crashtest.cloud"
   */
  endpoint?: string;
  /** How the key is sent. @default "header" */
  apiKeyIn?: "header" | "query";
  /** The name that the key is sent under. @default "api_key" */
  apiKeyName?: "api_key" | "API_KEY";
  /** Replaces routes: operation to `METHOD /path`. @default {} */
  routes?: Readonly<Record<string, string>>;
  /** Replaces the slugs by which the service names outcomes: outcome, as in `SLUGS`, to slug. @default {} */
  slugs?: Readonly<Record<string, string>>;
  /**
   * The maximum rate at which requests start, spread evenly over all clients of one service in this process. 0.01 (one in 100 s)
   * or more. @default no limit
   */
  requestsPerSecond?: number;
}

/** Options with all defaults applied. */
export interface ResolvedOptions extends ResolvedCommonOptions {
  apiKey: string | undefined;
  remedies: Remedies;
  apiKeyIn: "header" | "query";
  apiKeyName: "api_key" | "API_KEY";
  routes: RouteTable;
  slugs: SlugTable;
}

const oneOf = (...allowed: string[]): OptionRule =>
  textRule((text) => (allowed.includes(text) ? undefined : `must be ${allowed.join(" or ")}`));

const { endpoint, formerEndpoints, ...otherRules } = COMMON_OPTION_RULES;

/** The options that can be set as text too, by name. */
export const OPTION_RULES = {
  apiKey: textRule((apiKey) =>
    // The request would fail as if it had been sent.
    /^[!-~]*$/.test(apiKey) ? undefined : "must contain only ASCII letters, digits and punctuation, without spaces",
  ),
  endpoint,
  formerEndpoints,
  apiKeyIn: oneOf("header", "query"),
  apiKeyName: oneOf("api_key", "API_KEY"),
  routes: tableRule('{"startScan": "POST /projects/{projectId}/scans"}', routeProblems),
  slugs: tableRule('{"projectDeleted": "project_deleted"}', slugProblems),
  ...otherRules,
} satisfies Record<string, OptionRule>;

export type OptionName = keyof typeof OPTION_RULES;
export const OPTION_NAMES = Object.keys(OPTION_RULES) as OptionName[];

/**
 * Applies the defaults.
 *
 * @throws ConfigurationError with all problems
 */
export function resolveOptions(options: ClientOptions, remedies: Remedies): ResolvedOptions {
  requireValid(OPTION_RULES, options);
  return {
    ...resolveCommonOptions(options, { endpoint: DEFAULT_ENDPOINT }),
    apiKey: options.apiKey,
    remedies,
    apiKeyIn: options.apiKeyIn ?? "header",
    apiKeyName: options.apiKeyName ?? "api_key",
    routes: { ...ROUTES, ...options.routes },
    slugs: { ...SLUGS, ...options.slugs },
  };
}
