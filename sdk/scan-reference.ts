import type * as pulumi from "@pulumi/pulumi";
import type { ReportSource } from "../provider/client";
import { CrashtestError } from "../provider/errors";
import { InvalidInput, parseId } from "../provider/lifecycle/inputs";
import { parseWebhook } from "../provider/lifecycle/scan";

/** Names a scan: by its project, or by the webhook that started it. */
export type ScanReference =
  | {
      /** The project's ID, a whole number above 0. */
      projectId: string | number;
      webhook?: undefined;
      /** The scan's ID, a whole number above 0. */
      scanId: string | number;
    }
  | {
      projectId?: undefined;
      /** The secret UUID of the project's webhook. */
      webhook: string;
      /** The scan's ID, a whole number above 0. */
      scanId: string | number;
    };

/** A `T` whose properties may be outputs. */
export type InputsOf<T> = T extends object ? { [Name in keyof T]: pulumi.Input<T[Name]> } : never;

/** @throws CrashtestError `ARGUMENT_INVALID` for an ID that is none */
export function parseScanReference(functionName: string, reference: ScanReference): ReportSource {
  const given: { projectId?: unknown; webhook?: unknown } = reference;
  const scanId = parseArgument(functionName, "scanId", reference.scanId, parseId);
  if ((given.projectId === undefined) === (given.webhook === undefined)) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `${functionName}: projectId has to be set, or webhook, and not both`,
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
