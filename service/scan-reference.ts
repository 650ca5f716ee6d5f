import { CrashtestError } from "../errors/errors";
import type { ScanAddress } from "./service";

/** Names a scan: by its project, or by the webhook that started it. */
export type ScanReference =
  | {
      /** The project's ID, a positive whole number. */
      projectId: string | number;
      webhook?: undefined;
      /** The scan's ID, a positive whole number. */
      scanId: string | number;
    }
  | {
      projectId?: undefined;
      /** The secret UUID of the project's webhook. */
      webhook: string;
      /** The scan's ID, a positive whole number. */
      scanId: string | number;
    };

/**
 * Parses a reference as a program gives it.
 *
 * @param functionName whose argument it is, for messages
 * @throws CrashtestError `ARGUMENT_INVALID` for an invalid ID or webhook
 */
export function parseScanReference(functionName: string, reference: ScanReference): ScanAddress {
  const given: { projectId?: unknown; webhook?: unknown } = reference;
  const scanId = parseArgument(functionName, "scanId", reference.scanId, parseId);
  if ((given.projectId === undefined) === (given.webhook === undefined)) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `${functionName}: projectId or webhook must be set, but not both`,
    });
  }
  if (reference.webhook !== undefined) {
    return { webhook: parseArgument(functionName, "webhook", reference.webhook, parseWebhook), scanId };
  }
  return { projectId: parseArgument(functionName, "projectId", reference.projectId, parseId), scanId };
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

/** Why an input is invalid. The text follows the input's name, and never repeats the value. */
export class InvalidInput extends Error {}

const LARGEST_ID = Number.MAX_SAFE_INTEGER;

/** Parses an ID: a positive whole number, given as number or digits. Returns digits without leading zeros. */
export function parseId(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^[1-9]\d*$/.test(text) || Number(text) > LARGEST_ID) {
    throw new InvalidInput("must be a positive whole number, such as 42");
  }
  return text;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Parses the UUID of a webhook. */
export function parseWebhook(value: unknown): string {
  if (typeof value === "string" && UUID.test(value)) return value;
  throw new InvalidInput("must be the UUID of a project's webhook, without the address before it");
}
