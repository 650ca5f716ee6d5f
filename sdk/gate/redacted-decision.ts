import { findingsTable } from "../../findings/gate/findings-table";
import { questionText } from "../../findings/gate/question-text";
import { shorten } from "../../findings/gate/short-text";
import { plainTableOf } from "../../findings/gate/table-colors";
import type { Verdict } from "../../findings/gate/verdict";
import { plainLines } from "../../findings/plain-text";
import { redactor } from "../../provider/client/redact";
import type { GateDecision } from "./decide-gate";

/** What of a decision goes to the engine: to outputs, into the state, and before people's eyes. */
export interface RedactedDecision {
  /** Undefined where it takes the state to decide. */
  verdict: Verdict | undefined;
  /** What is left to decide then, as JSON. */
  question: string | undefined;
  /** The findings for people, where the program decided; undefined where there are none. */
  table: string | undefined;
  warnings: readonly string[];
}

/**
 * Takes secrets out of all texts of a decision: a scanned site may write whatever it was sent into what is found.
 *
 * @param baseline the fingerprints of a baseline that is a file
 */
export function redactedDecision(
  decision: Exclude<GateDecision, { kind: "pending" }>,
  baseline: readonly string[] | undefined,
  secrets: readonly (string | undefined)[],
): RedactedDecision {
  const redact = redactor(secrets);
  const clean = (text: string): string => plainLines(redact(text));
  const warnings = decision.warnings.map(clean);
  if (decision.kind === "asked") {
    return { verdict: undefined, question: questionText(decision.question, clean), table: undefined, warnings };
  }
  const { verdict, question } = decision;
  const table = question === undefined ? undefined : findingsTable(question, baseline);
  return {
    verdict: {
      ...verdict,
      message: clean(verdict.message),
      missingScanners: verdict.missingScanners.map((name) => shorten(clean(name))),
    },
    question: undefined,
    table: table === undefined ? undefined : plainTableOf(redact(table)),
    warnings,
  };
}
