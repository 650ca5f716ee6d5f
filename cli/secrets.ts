import { redactor } from "../provider/client/redact";
import { environmentVariableOf } from "../provider/config/settings";
import type { Surroundings } from "./command";
import { WEBHOOK_VARIABLE } from "./webhook";

/** Takes the key and the webhook out of a text that is printed. */
export const redactorOf = ({ environment }: Pick<Surroundings, "environment">): ((text: string) => string) =>
  redactor([environmentVariableOf("apiKey"), WEBHOOK_VARIABLE].map((variable) => environment[variable]?.trim()));
