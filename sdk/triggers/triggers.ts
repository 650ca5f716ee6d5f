import * as pulumi from "@pulumi/pulumi";
import { isDate, isPromise } from "node:util/types";
import { isPlainObject } from "../../findings/json-fields";
import { CrashtestError } from "../../errors/errors";
import { digestOf, unusableTrigger } from "../../provider/lifecycle/triggers/digest";
import { asContent, markOf } from "./trigger-asset";

/**
 * What starts a new scan when it changes, as a list or by name. Each is one of:
 *
 * - anything that JSON can express, plain or as an output, including objects with a `toJSON`. Other objects, such as a `Map`
 *   or one of a class, are refused, as they would never change. `pulumi.output(...)` hides the original object: give
 *   `pulumi.output(url.href)`, not `pulumi.output(url)`;
 * - an asset or an archive of text, files or folders, by its content, also inside another value. A remote one is refused:
 *   give its version or digest;
 * - a whole resource, which changes with any of its outputs. Not inside another value.
 *
 * The state holds only digests, by index or name, so that the engine's diff names the one that changed; the digest of what is or
 * contains a secret is secret. A trigger that a preview does not know yet counts as changed.
 */
export type Triggers = pulumi.Input<unknown>[] | TriggerRecord;

/** Triggers by name. */
export type TriggerRecord = Record<string, pulumi.Input<unknown>>;

/** A trigger that the state holds as it is, without a digest: a deployment's mark. */
export class TokenTrigger {
  constructor(readonly token: pulumi.Output<string>) {}
}

/** The inputs of a scan that its triggers become. */
export interface TriggerInputs {
  /** A digest for each trigger, unknown if the trigger is; empty for a resource. */
  triggers: Record<string, pulumi.Output<string>>;
  /** By trigger, a digest for each output of the resource; undefined if that is. `check` makes one digest of them. */
  resourceDigests?: Record<string, Record<string, pulumi.Output<string | undefined>>>;
}

/** @throws CrashtestError `ARGUMENT_INVALID` for an invalid trigger; if that shows only later, the output fails */
export function digestTriggers(triggers: Triggers): TriggerInputs {
  if (!Array.isArray(triggers) && !isPlainObject(triggers)) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: "triggers is neither a list nor an object of triggers",
      remedy: "Give a list or an object; each of its values may be an output or a promise.",
    });
  }
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

function digestOutputs(name: string, resource: pulumi.Resource): Record<string, pulumi.Output<string | undefined>> {
  const outputs = outputsOf(resource);
  if (outputs.length === 0) {
    throw unusableTrigger(name, "is a component without outputs", "Give one of its outputs, or its children.");
  }
  const held = heldBy(resource);
  const digests = outputs.map(([property, output]): [string, pulumi.Output<string | undefined>] => {
    const value = jsonOutput(`${name}.${property}`, output);
    const digest = pulumi.all([value, held]).apply(([known, has]) => {
      // In states null and undefined are the same, and a preview knows neither: both count as absent.
      const value: unknown = known;
      return has(property) && value !== undefined && value !== null ? digestOf(value) : undefined;
    });
    return [property, digest];
  });
  return Object.fromEntries(digests);
}

const jsonOutput = (path: string, value: unknown): pulumi.Output<unknown> =>
  pulumi.output(jsonValue(path, value, [])) as pulumi.Output<unknown>;

/**
 * Returns a trigger as JSON expresses it, at any depth, with its outputs. An object that is not plain must have a `toJSON`; else
 * it is refused, since its own properties may never change.
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
  if (around.includes(value)) throw unusableTrigger(path, "contains itself");
  const inside = [...around, value];
  if (hasToJson(value)) return jsonValue(path, value.toJSON(), inside);
  // Copied here: the SDK takes an array of another realm, as in tests, for an object.
  if (Array.isArray(value)) return Array.from(value, (item, index) => jsonValue(`${path}[${index}]`, item, inside));
  if (!isPlainObject(value)) throw unusableTrigger(path, `is ${kindOf(value)}, which JSON cannot express`);
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
    throw unusableTrigger(path, `is a ${typeof value}, which JSON cannot express`);
  }
  if ((typeof value === "number" && !Number.isFinite(value)) || (isDate(value) && Number.isNaN(value.getTime()))) {
    throw unusableTrigger(path, `is ${isDate(value) ? "an invalid date" : String(value)}, which JSON cannot express`);
  }
}

const hasToJson = (value: object): value is { toJSON: () => unknown } =>
  "toJSON" in value && typeof value.toJSON === "function";

/** Returns the kind of an object with its article: "a Map". */
function kindOf(value: object): string {
  const { constructor } = value as { constructor?: { name?: unknown } };
  const name =
    typeof constructor?.name === "string" && constructor.name !== "" ? constructor.name : "object of a class";
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}

/**
 * Returns a resource's own properties that are outputs, including `id`, but not `urn`, which says nothing about a change. Empty
 * for a component without outputs.
 */
export function outputsOf(resource: pulumi.Resource): [string, pulumi.Output<unknown>][] {
  const properties = Object.entries(resource) as [string, unknown][];
  return properties.filter(
    (property): property is [string, pulumi.Output<unknown>] =>
      property[0] !== "urn" && !property[0].startsWith("__") && pulumi.Output.isInstance(property[1]),
  );
}

/**
 * Returns whether a resource's state has an output. One that it lacks, such as an input that its provider never returns, has the
 * input's value in a deployment and is unknown in a preview: a digest with it would change each time.
 */
export function heldBy(resource: pulumi.Resource): pulumi.Output<(property: string) => boolean> {
  const hasAll = (): boolean => true;
  if (!pulumi.CustomResource.isInstance(resource) || pulumi.runtime.isDryRun()) return pulumi.output(hasAll);
  return resource.urn.apply(async (urn) => {
    const names = await namesInState(urn);
    return (property) => property === "id" || names === undefined || names.has(property);
  });
}

/** Asks as the SDK does for a reference to a resource; undefined if an engine does not say. */
async function namesInState(urn: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const { state } = (await pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn })) as { state: object };
    return new Set(Object.keys(state));
  } catch {
    return undefined;
  }
}

/**
 * Makes an empty text, which `check` replaces with the digest of a whole resource. It is secret if one of these outputs is, so that
 * the engine keeps the digest secret. It is known even if they are not.
 */
export function placeholderFor(outputs: readonly pulumi.Output<unknown>[]): pulumi.Output<string> {
  const areSecret = Promise.all(outputs.map((output) => pulumi.isSecret(output)));
  return pulumi.output(areSecret.then((each) => (each.includes(true) ? pulumi.secret("") : "")));
}
