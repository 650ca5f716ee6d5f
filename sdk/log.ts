import * as pulumi from "@pulumi/pulumi";
import { plainTableOf } from "../findings/gate/table-colors";
import { plainLines } from "../findings/plain-text";

/** Says something on a resource's row. Never awaited: the engine delivers it only after what the row waits for. */
export function say(how: "info" | "warn", text: string, resource: pulumi.Resource): void {
  void pulumi.log[how](plainLines(text), resource).catch(() => undefined);
}

/** Says something on a resource's row that the next such line replaces. */
export function sayForNow(text: string, resource: pulumi.Resource): void {
  void pulumi.log.info(plainLines(text), resource, undefined, true).catch(() => undefined);
}

/** Tells of an error on a resource's row, which the run goes on after. */
export function sayError(text: string, resource: pulumi.Resource): void {
  void pulumi.log.error(plainLines(text), resource).catch(() => undefined);
}

/** Shows a table of findings on a resource's row, with its colours. */
export function showTable(table: string, resource: pulumi.Resource): void {
  void pulumi.log.info(plainTableOf(table), resource).catch(() => undefined);
}

/** An error that the engine tells as it is: the SDK would print the stack of another one. */
export function toldError(text: string): Error {
  const error = new pulumi.RunError(plainLines(text));
  error.stack = error.message;
  return error;
}
