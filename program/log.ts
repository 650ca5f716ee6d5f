import * as pulumi from "@pulumi/pulumi";
import { plainLines, plainTable } from "../errors/plain-text";

/** Logs a text on a resource's row. Never awaited: the engine delivers it only after what the row waits for. */
export function say(how: "info" | "warn", text: string, resource: pulumi.Resource): void {
  void pulumi.log[how](plainLines(text), resource).catch(() => undefined);
}

/** Logs a warning that belongs to no resource. */
export function warn(text: string): void {
  void pulumi.log.warn(plainLines(text)).catch(() => undefined);
}

/** Logs a text on a resource's row that the next such text replaces. */
export function sayEphemeral(text: string, resource: pulumi.Resource): void {
  void pulumi.log.info(plainLines(text), resource, undefined, true).catch(() => undefined);
}

/** Logs an error on a resource's row; the run continues. */
export function sayError(text: string, resource: pulumi.Resource): void {
  void pulumi.log.error(plainLines(text), resource).catch(() => undefined);
}

/** Logs a table of findings on a resource's row, with its colours. */
export function showTable(table: string, resource: pulumi.Resource): void {
  void pulumi.log.info(plainTable(table), resource).catch(() => undefined);
}

/** Returns an error that is reported without a stack, which the SDK prints of others. */
export function reportedError(text: string): Error {
  const error = new pulumi.RunError(plainLines(text));
  error.stack = error.message;
  return error;
}
