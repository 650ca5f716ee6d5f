import { isDeepStrictEqual } from "node:util";
import type { Difference, Values } from "../lifecycle/lifecycle";
import { isObject } from "../wire/properties";

/** One property that changes. */
export interface PropertyDifference {
  /** As the engine writes paths: `triggers.build`. */
  path: string;
  kind: "add" | "update" | "delete";
  requiresReplacement: boolean;
  /** Whether the program changed it; otherwise it was changed at the service. */
  isInputDifference: boolean;
}

/** Inputs that only messages need. */
const INTERNAL = new Set(["projectUrn", "projectOwner"]);
/** Inputs whose members change one by one. */
const TABLES = new Set(["triggers"]);

/**
 * Returns the properties that differ, for people: the lifecycle has decided what follows.
 *
 * @param state the outputs of the last deployment; a program does not mention what is only there
 */
export function detailedDifference(
  oldInputs: Values,
  state: Values,
  news: Values,
  { changes, replaces = [] }: Difference,
): readonly PropertyDifference[] {
  if (!changes) return [];
  const names = [...new Set([...Object.keys(oldInputs), ...Object.keys(news)])].filter((name) => !INTERNAL.has(name));
  return names.flatMap((name) => {
    const requiresReplacement = replaces.includes(name);
    const byInput = compared(name, oldInputs[name], news[name]);
    const isInputDifference = byInput.length > 0;
    // What is no output, such as a login, was not changed at the service.
    const isOutput = state[name] !== undefined && news[name] !== undefined;
    const found = isInputDifference || !isOutput ? byInput : compared(name, state[name], news[name]);
    return found.map((each) => ({ ...each, requiresReplacement, isInputDifference }));
  });
}

type Found = Pick<PropertyDifference, "path" | "kind">;

function compared(path: string, old: unknown, now: unknown): Found[] {
  if (isDeepStrictEqual(old, now)) return [];
  if (old === undefined) return [{ path, kind: "add" }];
  if (now === undefined) return [{ path, kind: "delete" }];
  if (!TABLES.has(path) || !isObject(old) || !isObject(now)) return [{ path, kind: "update" }];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) => compared(`${path}${pathStep(key)}`, old[key], now[key]));
}

const pathStep = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
