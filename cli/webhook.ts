import { InvalidInput } from "../provider/lifecycle/inputs";
import { parseWebhook } from "../provider/lifecycle/scan";
import { UsageError, type Surroundings } from "./command";

/** The webhook is a secret: a command line would show it to everybody on the machine. */
export const WEBHOOK_VARIABLE = "CRASHTEST_WEBHOOK";

/** The webhook of the scan's project. @throws UsageError */
export function webhookOf({ environment }: Pick<Surroundings, "environment">): string {
  const webhook = environment[WEBHOOK_VARIABLE]?.trim() ?? "";
  if (webhook === "") throw new UsageError(`--project is missing; for a scan by webhook set ${WEBHOOK_VARIABLE}`);
  try {
    return parseWebhook(webhook);
  } catch (error) {
    if (error instanceof InvalidInput) throw new UsageError(`${WEBHOOK_VARIABLE} ${error.message}`);
    throw error;
  }
}
