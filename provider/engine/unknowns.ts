import type { Values } from "../lifecycle/lifecycle";
import { UNKNOWN } from "../lifecycle/unknown";

/** What the engine sends to `check` and `diff` in a preview where a value is not known yet (the SDK's `unknownValue`). */
const UNKNOWN_PLACEHOLDER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Puts the lifecycles' word for an unknown value in place of the engine's, at any depth. */
export const decodeUnknowns = (values: Values): Values => mapValues(values, decode);

/** The way back. */
export const encodeUnknowns = (values: Values): Values => mapValues(values, encode);

const decode = (value: unknown): unknown => (value === UNKNOWN_PLACEHOLDER ? UNKNOWN : undefined);
const encode = (value: unknown): unknown => (value === UNKNOWN ? UNKNOWN_PLACEHOLDER : undefined);

function mapValues(values: Values, replace: (value: unknown) => unknown): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, mapValue(value, replace)]));
}

function mapValue(value: unknown, replace: (value: unknown) => unknown): unknown {
  const replaced = replace(value);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(value)) return value.map((item) => mapValue(item, replace));
  return typeof value === "object" && value !== null ? mapValues(value as Values, replace) : value;
}
