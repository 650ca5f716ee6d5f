import { holdsBack, type Verdict } from "../../findings/gate/verdict";
import type { CheckFailure, Difference, Lifecycle, LifecycleContext, Values } from "./lifecycle";
import { UNKNOWN } from "./unknown";

/** A gate's verdict, as the program decided it. */
export interface VerdictInputs {
  verdict: Verdict;
  advisory: boolean;
}

/** What a gate decided last, where it let the deployment go on. */
export type VerdictState = VerdictInputs;

/**
 * The part of a gate that the engine obeys. A verdict that holds back fails in `check`: that stops previews and
 * deployments alike, leaves the state alone, and fails again each time until the verdict is another. A failure of `create`
 * would let a preview end well, and one of the initialisation would be forgotten by a refresh.
 */
export const verdictLifecycle: Lifecycle<VerdictInputs, VerdictState> = {
  check,
  diff: (_context, _id, olds, news) => Promise.resolve(differenceOf({ ...olds }, news)),
  create: (_context, inputs) => Promise.resolve({ id: `verdict/${inputs.verdict.scanId}`, state: inputs }),
  read: (_context, id, state) => ({ id, state }),
  update: (_context, _id, _olds, news) => Promise.resolve(news),
  delete: () => Promise.resolve(),
};

function check(_context: LifecycleContext, _olds: Values, news: Values): { inputs: Values; failures: CheckFailure[] } {
  const verdict = news["verdict"];
  if (verdict === UNKNOWN) return { inputs: news, failures: [] };
  if (!isVerdict(verdict))
    return { inputs: news, failures: [{ property: "", reason: "gate closed: there is no verdict" }] };
  const isHeldBack = holdsBack(verdict, news["advisory"] === true);
  return { inputs: news, failures: isHeldBack ? [{ property: "", reason: verdict.message }] : [] };
}

function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== "object" || value === null) return false;
  const { passed, reason, message } = value as Partial<Record<keyof Verdict, unknown>>;
  return typeof passed === "boolean" && typeof reason === "string" && typeof message === "string";
}

/** The verdict holds no time, so the same scan and settings give no change. */
const differenceOf = (olds: Values, news: Values): Difference => ({
  changes: ["verdict", "advisory"].some((name) => !isSame(olds[name], news[name])),
});

function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== "object" || left === null || typeof right !== "object" || right === null) return left === right;
  const [before, after] = [left as Values, right as Values];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => isSame(before[name], after[name]));
}
