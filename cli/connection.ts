import { createClient, type CrashtestClient, type ReportSource } from "../provider/client";
import { clientOptionsOf, readSettings } from "../provider/config/settings";
import { ConfigurationError } from "../provider/errors";
import type { Surroundings } from "./command";

const NO_KEY =
  "there is no API key: set CRASHTEST_API_KEY, for that of a stack by " +
  'CRASHTEST_API_KEY="$(pulumi config get crashtest:apiKey)"; other settings of the stack, such as CRASHTEST_ENDPOINT, likewise';

/**
 * The composition root of the command: settings from the environment alone, and a client over them, which is closed when
 * `use` has ended.
 *
 * @throws ConfigurationError with all that is wrong, before anything is asked
 */
export async function withClient<Result>(
  source: ReportSource,
  { environment }: Surroundings,
  use: (client: CrashtestClient) => Promise<Result>,
): Promise<Result> {
  const { settings, problems } = readSettings({ config: () => undefined, environment });
  const isKeyMissing = "projectId" in source && settings.apiKey === undefined && problems.length === 0;
  const all = isKeyMissing ? [NO_KEY] : problems;
  if (all.length > 0) throw new ConfigurationError(all);
  const client = createClient(clientOptionsOf(settings));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
