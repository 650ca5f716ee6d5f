import { isDeepStrictEqual } from "node:util";
import { definedFields } from "../../findings/json-fields";
import { answerByRecord, baselineOf, parseBaselineRecord, type BaselineRecord } from "../rules/baseline-record";
import { findingsTable } from "../rules/findings-table";
import { holdsBack, isVerdict, type Verdict } from "../rules/verdict";
import type { ServiceIdentity } from "../../service/service";
import {
  type Checked,
  type Difference,
  type Lifecycle,
  type LifecycleContext,
  UNKNOWN,
  type Values,
} from "../../provider/lifecycle/lifecycle";

/** A gate's verdict, decided by the program, or by `check` with what the state knows. */
export interface VerdictInputs {
  verdict: Verdict;
  advisory: boolean;
  /** For a gate that counts new findings only. */
  baseline?: BaselineRecord;
  /** The service that issued the scan's ID; absent if unknown. */
  service?: ServiceIdentity;
}

/** What a gate decided last that did not hold the deployment back. */
export type VerdictState = VerdictInputs;

/**
 * Inputs that do not go into the state:
 *
 * - `question`: as JSON, what is left to decide with the baseline;
 * - `keepsBaseline`: whether the state has one, even if this scan is not compared with it.
 */
const NOT_IN_STATE = ["question", "keepsBaseline"];

/**
 * The part of a gate that the engine obeys. A verdict that holds back fails in `check`: that stops previews and deployments
 * alike, leaves the state alone, and fails again until the verdict changes. A failure of `create` would let a preview
 * succeed, and a refresh would forget one of the initialisation.
 */
export const verdictLifecycle: Omit<Lifecycle<VerdictInputs, VerdictState>, "check"> & { check: typeof check } = {
  check,
  diff: (_context, _id, olds, news) => Promise.resolve(differenceOf({ ...olds }, news)),
  create: (_context, inputs) => Promise.resolve({ id: `verdict/${inputs.verdict.scanId}`, state: inputs }),
  read: (_context, id, state) => Promise.resolve({ id, state }),
  update: (_context, _id, _olds, news) => Promise.resolve(news),
  delete: () => Promise.resolve(),
};

function check(_context: LifecycleContext, olds: Values, news: Values): Checked {
  const { question, keepsBaseline } = news;
  const given = Object.fromEntries(Object.entries(news).filter(([name]) => !NOT_IN_STATE.includes(name)));
  if ([news["verdict"], question, keepsBaseline].includes(UNKNOWN)) {
    // Unknown too, so that a saved plan lets the deployment record another one.
    const baseline = keepsBaseline === undefined ? {} : { baseline: UNKNOWN };
    return { inputs: { ...given, verdict: UNKNOWN, ...baseline }, failures: [] };
  }
  const kept = keepsBaseline !== undefined && olds["baseline"] !== undefined ? { baseline: olds["baseline"] } : {};
  if (typeof question === "string") return checkQuestion(question, olds, given);
  const verdict = news["verdict"];
  const inputs = { ...given, ...kept };
  if (!isVerdict(verdict)) return closed(inputs, "gate closed: there is no verdict");
  return holdsBack(verdict, news["advisory"] === true) ? closed(inputs, verdict.message) : { inputs, failures: [] };
}

/** Names no property, whose value the engine would print. */
const closed = (inputs: Values, reason: string): Checked => ({ inputs, failures: [{ property: "", reason }] });

function checkQuestion(questionText: string, olds: Values, given: Values): Checked {
  const inState = olds["baseline"];
  const recorded = parseBaselineRecord(inState);
  if (recorded === undefined && inState !== undefined) return closed(given, UNREADABLE_BASELINE);
  // The same scan ID is another scan at another service.
  const known = recorded && isOfOtherService(olds, given) ? { ...recorded, scan: "" } : recorded;
  const { question, verdict, record } = answerByRecord(questionText, known);
  const inputs = { ...given, verdict, baseline: record };
  if (!holdsBack(verdict, given["advisory"] === true)) return { inputs, failures: [] };
  const table = findingsTable(question, baselineOf(record));
  return closed(inputs, table === undefined ? verdict.message : `${verdict.message}\n${table}`);
}

const UNREADABLE_BASELINE =
  "gate closed: the baseline in the state cannot be read. Begin a new one: pulumi up --replace with the URN of this resource";

/** Compares facts only: the verdict holds no time, and a release may change its words. */
const differenceOf = (olds: Values, news: Values): Difference => ({
  changes:
    !isDeepStrictEqual(withoutWords(olds["verdict"]), withoutWords(news["verdict"])) ||
    ["advisory", "baseline"].some((name) => !isDeepStrictEqual(olds[name], news[name])) ||
    isOfOtherService(olds, news),
});

function withoutWords(verdict: unknown): unknown {
  if (typeof verdict !== "object" || verdict === null) return verdict;
  const { message: _message, ...facts } = verdict as Values;
  return definedFields(facts);
}

/** A state of an earlier release does not say, which counts as unchanged. */
const isOfOtherService = (olds: Values, news: Values): boolean =>
  olds["service"] !== undefined &&
  news["service"] !== undefined &&
  !isDeepStrictEqual(olds["service"], news["service"]);
