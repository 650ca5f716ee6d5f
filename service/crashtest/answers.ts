import { unexpectedAnswer } from "../http/errors";
import type { Answer } from "./api";
import { isRecord } from "../client/json";

/** The service's slugs for what came of a request, where anybody's answer could have the same status. ASSUMED: all of them. */
export const SLUGS = {
  projectCreated: "project_created",
  projectDeleted: "project_deleted",
  projectNotFound: "project_not_found",
  scanAlreadyRunning: "scan_already_running",
  scanStopped: "scan_stopped",
  scanNotRunning: "scan_not_running",
  scanNotFound: "scan_not_found",
  webhookNotFound: "webhook_not_found",
} as const;

export type SlugName = keyof typeof SLUGS;
/** The table in use: the one above, with entries replaced. */
export type SlugTable = Readonly<Record<SlugName, string>>;

const SLUG = /^[a-z0-9_]{1,100}$/;

/** Returns the `message` of an answer; undefined where it is not a slug, as in the answers of other servers. */
export const slugOf = (message: unknown): string | undefined =>
  typeof message === "string" && SLUG.test(message) ? message : undefined;

/** Returns one problem for each unknown outcome and each invalid slug, to follow the option's name. */
export const slugProblems = (overrides: Record<string, unknown>): string[] =>
  Object.entries(overrides).flatMap(([name, slug]) => {
    if (!Object.hasOwn(SLUGS, name)) {
      return [`has an unknown outcome ${name}: expected one of ${Object.keys(SLUGS).join(", ")}`];
    }
    if (slugOf(slug) !== undefined) return [];
    const example = SLUGS[name as SlugName];
    return [`has an invalid slug for ${name}: expected lower-case letters, digits and underscores, such as ${example}`];
  });

type Success = Extract<Answer, { ok: true }>;

/** Returns the `data` of an answer, or throws an error that says that it is missing. */
export function dataOf({ body, attempt }: Success): Record<string, unknown> {
  const data = isRecord(body) ? body["data"] : undefined;
  if (isRecord(data)) return data;
  throw unexpectedAnswer(attempt, "JSON without `data`");
}

/** Returns an ID out of an answer's `data`, as digits, or throws an error that says that it is missing. */
export function idOf(answer: Success, name: string): string {
  const value = dataOf(answer)[name];
  const text = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === "string" && /^[1-9]\d*$/.test(text)) return text;
  throw unexpectedAnswer(answer.attempt, `JSON without a valid ID in \`data.${name}\``);
}

/**
 * Returns the outcome of the known answer with this status and slug. The status alone is not enough: a gateway or a maintenance page has the same.
 *
 * @throws UnexpectedAnswerError for a success, or one of the known statuses, with another slug or without one; for any other
 * refusal its own error
 */
export function outcomeOf<Outcome>(
  answer: Answer,
  known: readonly { status: number; slug: string; outcome: Outcome }[],
): Outcome {
  const found = known.find(({ status, slug }) => answer.status === status && answer.slug === slug);
  if (found !== undefined) return found.outcome;
  const isKnownStatus = answer.slug !== undefined && known.some(({ status }) => answer.status === status);
  if (!answer.ok && !isKnownStatus) throw answer.failure();
  throw notConfirmed(
    answer,
    known.map(({ status, slug }) => `${status} ${slug}`),
  );
}

/** @param expected the answers that would have confirmed the request */
export function notConfirmed(
  { attempt, status, slug = "without a slug", remedies: { option } }: Answer,
  expected: readonly string[],
): Error {
  const alternatives = [expected.slice(0, -1).join(", "), expected.at(-1)].filter(Boolean).join(" or ");
  const remedy =
    "The request does not count as done: look for its result on the service's own pages, check " +
    `${option("endpoint")} and ${option("routes")}, and run again. If this is the service's own slug, add it to ${option("slugs")}.`;
  return unexpectedAnswer(
    attempt,
    `${status} (${attempt.redact(slug)}) instead of ${alternatives}`,
    [remedy, attempt.unknownOutcomeRemedy].filter(Boolean).join(" "),
  );
}
