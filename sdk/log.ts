import * as pulumi from "@pulumi/pulumi";

/** Says something on a resource's row. Never awaited: the engine delivers it only after what the row waits for. */
export function say(how: "info" | "warn", text: string, resource: pulumi.Resource): void {
  void pulumi.log[how](text, resource).catch(() => undefined);
}

/** Says something on a resource's row that the next such line replaces. */
export function sayForNow(text: string, resource: pulumi.Resource): void {
  void pulumi.log.info(text, resource, undefined, true).catch(() => undefined);
}
