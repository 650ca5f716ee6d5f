import { isRecord, parseJson } from "../client/json";

/** The service's own form of an error (RFC 7807). */
export interface Problem {
  /** What went wrong, by the service's codes; empty where it names none. */
  codes: readonly string[];
  /** What the service says, for people: codes and details, or else the title. */
  text: string;
}

/** ASSUMED: the type of every error of the service itself. */
const OWN_TYPE = /^urn:problem-type:veracode\b/;
const CODE = /^[A-Z][A-Z0-9_]{0,99}$/;

/**
 * Parses the body of a refusal. Undefined where it is not the service's own: a gateway in front of it may answer with a page, or
 * with a Problem of its own.
 */
export function parseProblem(body: string): Problem | undefined {
  const problem = parseJson(body);
  if (!isRecord(problem)) return undefined;
  const { type, title, detail, errors } = problem;
  const causes = (Array.isArray(errors) ? errors : []).filter(isRecord);
  const codes = causes.flatMap(({ code }) => (typeof code === "string" && CODE.test(code) ? [code] : []));
  if (codes.length === 0 && !(typeof type === "string" && OWN_TYPE.test(type))) return undefined;
  const reasons = causes.map(({ code, detail: reason }) => textOf([code, reason], ": "));
  const text = textOf([...reasons, ...(reasons.length === 0 ? [detail ?? title] : [])], "; ");
  return { codes, text };
}

const WEBHOOK_MESSAGE = /^\w[\w ]{0,99}$/;

/** As `parseProblem`, for the webhook, whose errors are a `message` only. ASSUMED: all of them. */
export function parseWebhookProblem(body: string): Problem | undefined {
  const envelope = parseJson(body);
  const message = isRecord(envelope) ? envelope["message"] : undefined;
  return typeof message === "string" && WEBHOOK_MESSAGE.test(message) ? { codes: [], text: message } : undefined;
}

const textOf = (parts: readonly unknown[], separator: string): string =>
  parts.filter((part) => typeof part === "string" && part !== "").join(separator);
