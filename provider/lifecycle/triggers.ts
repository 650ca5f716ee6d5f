import { createHash } from "node:crypto";
import { UNKNOWN, type Values } from "./lifecycle";

/** What a program sends in place of the digest of a resource. No digest is empty. */
const PLACEHOLDER = "";

/** The trigger that holds a deployment's mark. */
export const DEPLOYED = "$deployed";

/** What a program sends in place of a mark that was not set: the trigger keeps its value in the state. */
export const KEEP = "keep";

/**
 * Replaces each resource among the triggers by one digest, and a mark to keep by the old one.
 *
 * @param triggers digests by name, with placeholders
 * @param resourceDigests by trigger, a digest for each output of the resource
 * @param oldTriggers the digests in state
 */
export function resolveTriggers(triggers: Values, resourceDigests: unknown, oldTriggers: unknown): Values {
  const resolve = (name: string, value: unknown): unknown => {
    const old = asValues(oldTriggers)[name];
    if (value === KEEP) return old ?? KEEP;
    if (value !== PLACEHOLDER) return value;
    return resourceDigests === UNKNOWN ? UNKNOWN : digestOfResource(asValues(resourceDigests)[name] ?? {}, old);
  };
  return Object.fromEntries(Object.entries(triggers).map(([name, value]) => [name, resolve(name, value)]));
}

/**
 * Returns the digest of a resource's outputs. In a preview, both absent outputs and those that are going to change are unknown:
 * if the known ones alone give the digest in the state, the unknown ones are absent. Otherwise the digest is unknown, which
 * counts as changed.
 *
 * @param outputs a digest for each output
 * @param old the digest in state
 */
export function digestOfResource(outputs: unknown, old: unknown): unknown {
  if (outputs === UNKNOWN) return UNKNOWN;
  const entries = Object.entries(asValues(outputs));
  const known = entries.filter(([, digest]) => typeof digest === "string").sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash("sha256").update(JSON.stringify(known)).digest("hex");
  const isSomeUnknown = entries.some(([, output]) => output === UNKNOWN);
  return isSomeUnknown && digest !== old ? UNKNOWN : digest;
}

const asValues = (value: unknown): Values => (typeof value === "object" && value !== null ? (value as Values) : {});
