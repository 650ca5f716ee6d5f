import type { components } from "../../contract/wire.generated";
import { unexpectedAnswer } from "./failures";
import type { Answer } from "./http";

export type CreateProjectWire = components["schemas"]["CreateProjectRequest"];

type Success = Extract<Answer, { ok: true }>;

/** An ID as the client holds it; undefined where the service sent something else. */
export function parseId(value: unknown): string | undefined {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === "string" && /^[1-9]\d*$/.test(text) ? text : undefined;
}

/** The `data` of an envelope, or an error that says what is missing. */
export function dataOf(answer: Success): Record<string, unknown> {
  const { body } = answer;
  const data = typeof body === "object" && body !== null ? (body as { data?: unknown }).data : undefined;
  if (typeof data !== "object" || data === null) throw unexpectedAnswer(answer.attempt, "JSON without `data`");
  return data as Record<string, unknown>;
}

/** An ID out of an envelope's `data`, or an error that says that it is missing. */
export function idOf(answer: Success, name: string): string {
  const id = parseId(dataOf(answer)[name]);
  if (id === undefined) throw unexpectedAnswer(answer.attempt, `JSON without a \`data.${name}\` that is an ID`);
  return id;
}
