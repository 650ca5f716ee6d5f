import { plainLines, plainTable } from "../../errors/plain-text";
import { redactor } from "../../errors/redact";
import { questionText } from "../rules/findings-question";
import { findingsTable } from "../rules/findings-table";
import { shorten } from "../rules/gate-finding";
import type { Verdict } from "../rules/verdict";
import type { GateDecision } from "../wait/decide-gate";

/** What of a decision goes to the engine: to outputs, into the state, and before people's eyes. */
export interface RedactedDecision {
  /** Undefined if it takes the state to decide. */
  verdict: Verdict | undefined;
  /** What is left to decide then, as JSON. */
  question: string | undefined;
  /** The findings for people, if there is a verdict; undefined without findings. */
  table: string | undefined;
  warnings: readonly string[];
}

/**
 * Removes secrets from all texts of a decision: a scanned site may repeat whatever it was sent.
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
    table: table === undefined ? undefined : plainTable(redact(table)),
    warnings,
  };
}
