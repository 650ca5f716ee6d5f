import { isDate, isMap, isPromise, isRegExp, isSet } from "node:util/types";
import * as pulumi from "@pulumi/pulumi";
import { digestOf } from "./digest";
import { asContent, markOf } from "./trigger-asset";
import { unusableTrigger, unusableTriggers } from "./trigger-error";
import { heldBy, outputsOf, placeholderFor } from "./trigger-resource";

/**
 * What asks for a new scan when it changes, as a list or by name. Each is one of:
 *
 * - anything that JSON can say, plain or as an output;
 * - an asset or an archive of text, files or folders, by its content, also inside another value. A remote one is refused:
 *   give its version or digest;
 * - a whole resource, which changes with any of its outputs. Not inside another value.
 *
 * State holds digests only, by index or name, so that the engine's own diff names the one that changed; the digest of what
 * is or has a secret is a secret. A trigger that a preview does not know yet counts as changed.
 */
export type Triggers = pulumi.Input<unknown>[] | TriggerRecord;

/** Triggers by name. */
export type TriggerRecord = Record<string, pulumi.Input<unknown>>;

/** A trigger that stands in state as it is, with no digest: a deployment's mark. */
export class TokenTrigger {
  constructor(readonly token: pulumi.Output<string>) {}
}

/** The inputs of a scan that its triggers become. */
export interface TriggerInputs {
  /** A digest for each trigger, alone unknown where it is not known yet; empty for a resource. */
  triggers: Record<string, pulumi.Output<string>>;
  /** By trigger, a digest for each output of the resource; undefined where that is. `check` makes one of them. */
  resourceDigests?: Record<string, Record<string, pulumi.Output<string | undefined>>>;
}

/**
 * @throws CrashtestError `ARGUMENT_INVALID` for what a trigger cannot be; where that shows only later, the output fails
 */
export function digestTriggers(triggers: Triggers): TriggerInputs {
  if (!isListOrRecord(triggers)) throw unusableTriggers();
  const digests: [string, pulumi.Output<string>][] = [];
  const ofResources: [string, Record<string, pulumi.Output<string | undefined>>][] = [];
  for (const [name, trigger] of Object.entries<unknown>(triggers)) {
    if (trigger instanceof TokenTrigger) {
      digests.push([name, trigger.token]);
      continue;
    }
    if (!pulumi.Resource.isInstance(trigger)) {
      digests.push([name, jsonOutput(name, trigger).apply(digestOf)]);
      continue;
    }
    const properties = digestOutputs(name, trigger);
    digests.push([name, placeholderFor(Object.values(properties))]);
    ofResources.push([name, properties]);
  }
  const inputs = { triggers: Object.fromEntries(digests) };
  return ofResources.length === 0 ? inputs : { ...inputs, resourceDigests: Object.fromEntries(ofResources) };
}

/** What has no entries of its own, such as a Map or a promise, would be no trigger at all. */
function isListOrRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** States hold null and nothing alike, and a preview knows neither: both count as absent. */
const digestOfPresent = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : digestOf(value);

function digestOutputs(name: string, resource: pulumi.Resource): Record<string, pulumi.Output<string | undefined>> {
  const outputs = outputsOf(resource);
  if (outputs.length === 0) {
    throw unusableTrigger(name, "is a component without outputs", "Give one of its outputs, or its children.");
  }
  const held = heldBy(resource);
  const digests = outputs.map(([property, output]): [string, pulumi.Output<string | undefined>] => {
    const value = jsonOutput(`${name}.${property}`, output);
    return [
      property,
      pulumi.all([value, held]).apply(([known, has]) => (has(property) ? digestOfPresent(known) : undefined)),
    ];
  });
  return Object.fromEntries(digests);
}

const jsonOutput = (name: string, value: unknown): pulumi.Output<unknown> =>
  pulumi.output(jsonValue(name, value, [])) as pulumi.Output<unknown>;

/**
 * A trigger as JSON can say it, at any depth, with outputs where they were. Of what JSON cannot say the SDK's own outputs
 * make an empty object, which would never change.
 *
 * @param around what this value is in
 * @throws CrashtestError `ARGUMENT_INVALID`
 */
function jsonValue(name: string, value: unknown, around: readonly object[]): unknown {
  if (pulumi.Output.isInstance(value)) return value.apply((inner: unknown) => jsonValue(name, inner, []));
  if (isPromise(value)) return value.then((inner) => jsonValue(name, inner, []));
  if (isDate(value)) return value.toJSON();
  const content = asContent(value);
  if (content !== undefined) return markOf(name, content);
  refuseUnsupported(name, value);
  if (typeof value !== "object" || value === null) return value;
  if (around.includes(value)) throw unusableTrigger(name, "holds itself");
  const item = (inner: unknown): unknown => jsonValue(name, inner, [...around, value]);
  if (Array.isArray(value)) return value.map(item);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, item(inner)]));
}

function refuseUnsupported(name: string, value: unknown): void {
  if (pulumi.Resource.isInstance(value)) {
    const remedy = "Give the resource itself as a trigger of its own, or here one of its outputs.";
    throw unusableTrigger(name, "has a resource inside another value", remedy);
  }
  if (typeof value === "function") throw unusableTrigger(name, "is or has a function, which has no content to compare");
  if (isMap(value) || isSet(value) || isRegExp(value) || typeof value === "bigint" || typeof value === "symbol") {
    throw unusableTrigger(name, "is something that JSON cannot say");
  }
}
