import { redactor } from "../errors/redact";
import { InvalidInput, parseWebhook } from "../service/input-parsers";
import { secretsOf } from "../service/settings/settings";
import { UsageError, type Surroundings } from "./command";

/** The webhook is a secret, and a command line would show it to every user of the machine. */
export const WEBHOOK_VARIABLE = "CRASHTEST_WEBHOOK";

/** Reads the webhook of the scan's project. @throws UsageError */
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

/** Returns a function that redacts the keys and the webhook in a text. */
export const redactorOf = ({ environment }: Pick<Surroundings, "environment">): ((text: string) => string) =>
  redactor([...secretsOf({ config: () => undefined, environment }), environment[WEBHOOK_VARIABLE]?.trim()]);
