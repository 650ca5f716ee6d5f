import { isDate, isMap, isPromise, isRegExp, isSet } from "node:util/types";
import * as pulumi from "@pulumi/pulumi";
import { CrashtestError } from "../provider/errors";
import { digestOf } from "./digest";

/**
 * Values whose change asks for a new scan, as a list or by name: anything that JSON can say, plain or as an output.
 * State holds their digests only, by index or name, so that the engine's own diff names the one that changed.
 */
export type Triggers = pulumi.Input<unknown>[] | Record<string, pulumi.Input<unknown>>;

/** A digest for each trigger; one that is not known yet is unknown alone, and the digest of a secret is a secret. */
export function digestTriggers(triggers: Triggers): Record<string, pulumi.Output<string>> {
  const entries = Object.entries(triggers).map(([name, value]): [string, pulumi.Output<string>] => {
    const output = pulumi.output(jsonValue(name, value, [])) as pulumi.Output<unknown>;
    return [name, output.apply(digestOf)];
  });
  return Object.fromEntries(entries);
}

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
  refuseUnsupported(name, value);
  if (typeof value !== "object" || value === null) return value;
  if (around.includes(value)) throw unsupported(name, "holds itself");
  const item = (inner: unknown): unknown => jsonValue(name, inner, [...around, value]);
  if (Array.isArray(value)) return value.map(item);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, item(inner)]));
}

function refuseUnsupported(name: string, value: unknown): void {
  const isPulumiObject =
    pulumi.Resource.isInstance(value) ||
    pulumi.asset.Asset.isInstance(value) ||
    pulumi.asset.Archive.isInstance(value) ||
    typeof value === "function";
  if (isPulumiObject) {
    throw unsupported(name, "is a resource, an asset, an archive or a function, which a trigger cannot be");
  }
  if (isMap(value) || isSet(value) || isRegExp(value) || typeof value === "bigint" || typeof value === "symbol") {
    throw unsupported(name, "is something that JSON cannot say");
  }
}

const unsupported = (name: string, what: string): CrashtestError =>
  new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: `Trigger ${name} ${what}`,
    remedy: "Give a value that changes with it: one of its outputs, or a digest of its content.",
  });
