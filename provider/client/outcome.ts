import { unexpectedAnswer } from "./failures";
import type { Answer } from "./http";

/** An answer that says what came of a request, by its status and its slug. */
export interface KnownAnswer<Outcome> {
  status: number;
  slug: string;
  outcome: Outcome;
}

/**
 * What an answer says of its request. A status alone does not say it: a gateway or a page for maintenance has the same.
 *
 * @throws UnexpectedAnswerError for a success, or one of the known statuses, with another slug or with none; for any other
 * refusal its own error
 */
export function outcomeOf<Outcome>(answer: Answer, known: readonly KnownAnswer<Outcome>[]): Outcome {
  const found = known.find(({ status, slug }) => answer.status === status && answer.slug === slug);
  if (found !== undefined) return found.outcome;
  const isKnownStatus = answer.slug !== undefined && known.some(({ status }) => answer.status === status);
  if (!answer.ok && !isKnownStatus) throw answer.failure();
  throw notDone(
    answer,
    known.map(({ status, slug }) => `${status} ${slug}`),
  );
}

const REMEDY =
  "It is not taken for done: look for it on the service's own pages, check crashtest:endpoint and crashtest:routes, and run " +
  "again. If that is the service's word for it, name it in crashtest:slugs.";

/** @param expected the answers that would have said that it is done */
export function notDone(
  { attempt, status, slug = "without a slug", redact }: Answer,
  expected: readonly string[],
): Error {
  const alternatives = [expected.slice(0, -1).join(", "), expected.at(-1)].filter(Boolean).join(" or ");
  const what = `${status} (${redact(slug)}), where ${alternatives} should be`;
  const { unknownOutcomeRemedy } = attempt;
  return unexpectedAnswer(attempt, what, [REMEDY, unknownOutcomeRemedy].filter(Boolean).join(" "));
}
