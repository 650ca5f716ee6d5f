import type { KnownService } from "../client/known-service";
import { Api } from "./api";
import { resolveOptions, type ClientOptions } from "./options";
import { Profiles } from "./profiles";
import type { Remedies } from "./remedies";
import { Reports } from "./reports";
import { Runs } from "./runs";
import { Targets } from "./targets";
import { WebhookRuns } from "./webhook";

export type { ClientOptions } from "./options";

/** The API of Veracode DAST Essentials, one property per noun. */
export interface VeracodeClient {
  readonly targets: Targets;
  readonly runs: Runs;
  readonly reports: Reports;
  readonly webhook: WebhookRuns;
  /** The identity of the service. */
  readonly service: KnownService;
  readonly hasCredentials: boolean;
  /** Waits for pending requests and closes the connections. A process may also just exit. */
  close(): Promise<void>;
}

/**
 * Creates a client with its own connection pool.
 *
 * @param remedies what messages tell people to do
 * @throws ConfigurationError where an option is invalid
 */
export function createClient(options: ClientOptions, remedies: Remedies): VeracodeClient {
  const api = new Api(resolveOptions(options, remedies));
  const targets = new Targets(api);
  const runs = new Runs(api, targets, new Profiles(api));
  const webhook = new WebhookRuns(api);
  return {
    targets,
    runs,
    reports: new Reports(api, runs, webhook),
    webhook,
    service: api.service,
    hasCredentials: api.options.hasCredentials,
    close: () => api.close(),
  };
}
