import { CrashtestError } from "../errors/errors";
import { InvalidInput, parseWebhook } from "./input-parsers";
import type { ServiceRules } from "./rules";
import type { ScanAddress } from "./service";

/** Names a scan: by its project, or by the webhook that started it. */
export type ScanReference =
  | {
      /** The project's ID. */
      projectId: string | number;
      webhook?: undefined;
      /** The scan's ID. */
      scanId: string | number;
    }
  | {
      projectId?: undefined;
      /** The secret UUID of the project's webhook. */
      webhook: string;
      /** The scan's ID. */
      scanId: string | number;
    };

/** What decides whether an ID is valid. */
export type IdRules = Pick<ServiceRules, "parseProjectId" | "parseScanId">;

/**
 * Parses a reference as a program gives it.
 *
 * @param functionName whose argument it is, for messages
 * @param rules those of the service that issued the IDs
 * @throws CrashtestError `ARGUMENT_INVALID` for an invalid ID or webhook
 */
export function parseScanReference(functionName: string, reference: ScanReference, rules: IdRules): ScanAddress {
  const given: { projectId?: unknown; webhook?: unknown } = reference;
  const kind = given.webhook === undefined ? "project" : "webhook";
  const scanId = parseArgument(functionName, "scanId", reference.scanId, (value) => rules.parseScanId(value, kind));
  if ((given.projectId === undefined) === (given.webhook === undefined)) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `${functionName}: projectId or webhook must be set, but not both`,
    });
  }
  if (reference.webhook !== undefined) {
    return { webhook: parseArgument(functionName, "webhook", reference.webhook, parseWebhook), scanId };
  }
  const projectId = parseArgument(functionName, "projectId", reference.projectId, (value) =>
    rules.parseProjectId(value),
  );
  return { projectId, scanId };
}

function parseArgument(
  functionName: string,
  property: string,
  value: unknown,
  parse: (value: unknown) => string,
): string {
  try {
    return parse(value);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new CrashtestError({ code: "ARGUMENT_INVALID", problem: `${functionName}: ${property} ${error.message}` });
  }
}
