import type { ScanAddress, ScanningService } from "../service/service";
import type { ServiceRules } from "../service/rules";
import { connect, rulesFrom } from "../service/settings/connect";
import { readSettings } from "../service/settings/settings";
import { ConfigurationError } from "../errors/errors";
import type { Surroundings } from "./command";

const NO_KEY =
  "the API key is missing: set CRASHTEST_API_KEY, for a stack's key with " +
  'CRASHTEST_API_KEY="$(pulumi config get crashtest:apiKey)"; likewise other settings of the stack, such as CRASHTEST_ENDPOINT';

/** Returns the rules of the service that the environment chooses. */
export const rulesOf = ({ environment }: Surroundings): ServiceRules =>
  rulesFrom({ config: () => undefined, environment });

/**
 * The composition root of the command: reads settings from the environment only, and closes the service after `use`.
 *
 * @throws ConfigurationError with all problems, before any request
 */
export async function withService<Result>(
  source: ScanAddress,
  { environment }: Surroundings,
  use: (service: ScanningService) => Promise<Result>,
): Promise<Result> {
  const { settings, problems } = readSettings({ config: () => undefined, environment });
  const isKeyMissing = "projectId" in source && settings.apiKey === undefined && problems.length === 0;
  const all = isKeyMissing ? [NO_KEY] : problems;
  if (all.length > 0) throw new ConfigurationError(all);
  const service = connect(settings);
  try {
    return await use(service);
  } finally {
    await service.close();
  }
}
