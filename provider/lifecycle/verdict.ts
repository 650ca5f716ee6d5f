import {
  answerByRecord,
  baselineOf,
  parseBaselineRecord,
  type BaselineRecord,
} from "../../findings/gate/baseline-record";
import { findingsTable } from "../../findings/gate/findings-table";
import { holdsBack, type Verdict } from "../../findings/gate/verdict";
import type { ServiceIdentity } from "../service-identity";
import type { CheckFailure, Difference, Lifecycle, LifecycleContext, Values } from "./lifecycle";
import { UNKNOWN } from "./unknown";

/** A gate's verdict, as the program decided it, or `check` by what the state knows. */
export interface VerdictInputs {
  verdict: Verdict;
  advisory: boolean;
  /** Of a gate that counts new findings only. */
  baseline?: BaselineRecord;
  /** The service that the scan's ID was given out by; absent where nobody noted it. */
  service?: ServiceIdentity;
}

/** What a gate decided last, where it let the deployment go on. */
export type VerdictState = VerdictInputs;

/**
 * What a program gives instead of a verdict, or beside it; none of it goes into the state.
 *
 * - `question`: as JSON, what is left to decide for who knows the baseline;
 * - `keepsBaseline`: whether the state has one, also where this scan is not compared with it.
 */
const NOT_IN_STATE = ["question", "keepsBaseline"];

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

interface Checked {
  inputs: Values;
  failures: CheckFailure[];
}

function check(_context: LifecycleContext, olds: Values, news: Values): Checked {
  const { question, keepsBaseline } = news;
  const given = Object.fromEntries(Object.entries(news).filter(([name]) => !NOT_IN_STATE.includes(name)));
  if ([news["verdict"], question, keepsBaseline].includes(UNKNOWN)) {
    /** Unknown too: the deployment will record another one, which a saved plan has to let it do. */
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

/** No property is named: the engine would print all of it. */
const closed = (inputs: Values, reason: string): Checked => ({ inputs, failures: [{ property: "", reason }] });

function checkQuestion(questionText: string, olds: Values, given: Values): Checked {
  const inState = olds["baseline"];
  const recorded = parseBaselineRecord(inState);
  if (recorded === undefined && inState !== undefined) return closed(given, UNREADABLE_BASELINE);
  /** What has the number of the scan that was decided about last is another scan at another service. */
  const known = recorded && isOfOtherService(olds, given) ? { ...recorded, scan: "" } : recorded;
  const { question, verdict, record } = answerByRecord(questionText, known);
  const inputs = { ...given, verdict, baseline: record };
  if (!holdsBack(verdict, given["advisory"] === true)) return { inputs, failures: [] };
  const table = findingsTable(question, baselineOf(record));
  return closed(inputs, table === undefined ? verdict.message : `${verdict.message}\n${table}`);
}

const UNREADABLE_BASELINE =
  "gate closed: the baseline in the state cannot be read. Begin a new one: pulumi up --replace with the URN of this resource";

function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== "object" || value === null) return false;
  const { passed, reason, message } = value as Partial<Record<keyof Verdict, unknown>>;
  return typeof passed === "boolean" && typeof reason === "string" && typeof message === "string";
}

/**
 * The verdict holds no time, so the same scan and settings give no change; nor do other words for them, which a release may
 * choose.
 */
const differenceOf = (olds: Values, news: Values): Difference => ({
  changes:
    !isSame(withoutWords(olds["verdict"]), withoutWords(news["verdict"])) ||
    ["advisory", "baseline"].some((name) => !isSame(olds[name], news[name])) ||
    isOfOtherService(olds, news),
});

function withoutWords(verdict: unknown): unknown {
  if (typeof verdict !== "object" || verdict === null) return verdict;
  const { message: _message, ...facts } = verdict as Values;
  return facts;
}

/** Where a state does not say, as one of an earlier release, nothing has changed. */
const isOfOtherService = (olds: Values, news: Values): boolean =>
  olds["service"] !== undefined && news["service"] !== undefined && !isSame(olds["service"], news["service"]);

function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== "object" || left === null || typeof right !== "object" || right === null) return left === right;
  const [before, after] = [left as Values, right as Values];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => isSame(before[name], after[name]));
}
