import { isDate, isPromise } from "node:util/types";
import * as pulumi from "@pulumi/pulumi";
import { isPlainObject } from "../findings/plain-object";
import { digestOf } from "./digest";
import { asContent, markOf } from "./trigger-asset";
import { unusableTrigger, unusableTriggers } from "./trigger-error";
import { heldBy, outputsOf, placeholderFor } from "./trigger-resource";

/**
 * What asks for a new scan when it changes, as a list or by name. Each is one of:
 *
 * - anything that JSON can say, plain or as an output, what has a `toJSON` of its own among it. What is neither, such as a
 *   `Map` or an object of a class, is refused, as it would never change. Inside `pulumi.output(...)` itself only what that
 *   makes of it can be seen: give `pulumi.output(url.href)`, not `pulumi.output(url)`;
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
  if (!Array.isArray(triggers) && !isPlainObject(triggers)) throw unusableTriggers();
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

const jsonOutput = (path: string, value: unknown): pulumi.Output<unknown> =>
  pulumi.output(jsonValue(path, value, [])) as pulumi.Output<unknown>;

/**
 * A trigger as JSON can say it, at any depth, with outputs where they were. What is not plain is asked for its own form
 * (`toJSON`), as JSON itself asks, and else refused: its own properties would be taken for all of it, and never change.
 *
 * @param path the trigger's name, and where in it this value is
 * @param around what this value is in
 * @throws CrashtestError `ARGUMENT_INVALID`
 */
function jsonValue(path: string, value: unknown, around: readonly object[]): unknown {
  if (pulumi.Output.isInstance(value)) return value.apply((inner: unknown) => jsonValue(path, inner, []));
  if (isPromise(value)) return value.then((inner) => jsonValue(path, inner, []));
  const content = asContent(value);
  if (content !== undefined) return markOf(path, content);
  refuseUnsayable(path, value);
  if (typeof value !== "object" || value === null) return value;
  if (around.includes(value)) throw unusableTrigger(path, "holds itself");
  const inside = [...around, value];
  if (hasToJson(value)) return jsonValue(path, value.toJSON(), inside);
  /** Made here: the SDK takes an array of another realm, as in tests, for an object. */
  if (Array.isArray(value)) return Array.from(value, (item, index) => jsonValue(`${path}[${index}]`, item, inside));
  if (!isPlainObject(value)) throw unusableTrigger(path, `is ${kindOf(value)}, which JSON cannot say`);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, jsonValue(`${path}.${key}`, item, inside)]),
  );
}

function refuseUnsayable(path: string, value: unknown): void {
  if (pulumi.Resource.isInstance(value)) {
    const remedy = "Give the resource itself as a trigger of its own, or here one of its outputs.";
    throw unusableTrigger(path, "is a resource inside another value", remedy);
  }
  if (typeof value === "function") throw unusableTrigger(path, "is a function, which has no content to compare");
  if (typeof value === "bigint" || typeof value === "symbol") {
    throw unusableTrigger(path, `is a ${typeof value}, which JSON cannot say`);
  }
  if ((typeof value === "number" && !Number.isFinite(value)) || (isDate(value) && Number.isNaN(value.getTime()))) {
    throw unusableTrigger(path, `is ${isDate(value) ? "an invalid date" : String(value)}, which JSON cannot say`);
  }
}

/** What says for itself how it is written in JSON: dates, addresses, buffers. */
const hasToJson = (value: object): value is { toJSON: () => unknown } =>
  "toJSON" in value && typeof value.toJSON === "function";

/** As in "a Map". */
function kindOf(value: object): string {
  const { constructor } = value as { constructor?: { name?: unknown } };
  const name =
    typeof constructor?.name === "string" && constructor.name !== "" ? constructor.name : "object of a class";
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}
