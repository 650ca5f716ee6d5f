import type { ServiceKind, ServiceRules } from "../service/rules";
import { kindOf, type ScanAddress, type ScanningService } from "../service/service";
import { connect, rulesFrom } from "../service/settings/connect";
import { readSettings } from "../service/settings/settings";
import { ConfigurationError } from "../errors/errors";
import type { Surroundings } from "./command";

/** By the service that the settings choose. */
const MISSING_KEY: Readonly<Record<ServiceKind, string>> = {
  crashtest:
    "the API key is missing: set CRASHTEST_API_KEY, for a stack's key with " +
    'CRASHTEST_API_KEY="$(pulumi config get crashtest:apiKey)"; likewise other settings of the stack, such as CRASHTEST_ENDPOINT',
  veracode:
    "the API credentials are missing: set VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET, or write ~/.veracode/credentials",
};

/** Returns the rules of the service that the environment chooses. */
export const rulesOfEnvironment = ({ environment }: Surroundings): ServiceRules =>
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
  if (problems.length > 0) throw new ConfigurationError(problems);
  const service = connect(settings);
  try {
    const isUnusable = service.configurationProblems(kindOf(source)).length > 0;
    if (isUnusable) throw new ConfigurationError([MISSING_KEY[service.rules.kind]]);
    return await use(service);
  } finally {
    await service.close();
  }
}
