import type { Readable } from "node:stream";
import type { User } from "../store/users";

/** A request that matches the contract. */
export interface Call {
  params: Readonly<Record<string, string>>;
  /** As sent. */
  query: URLSearchParams;
  body: unknown;
  /**
   * The user that the request proves to come from.
   * @throws Refusal with 401 if it proves nobody.
   */
  user(): User;
}

/** A document that is not JSON, as a stream. */
export interface DocumentAnswer {
  status: number;
  contentType: string;
  content: Readable;
}

/** The answer of an operation: JSON, another document, or no body. */
export type Answer =
  | { status: number; body: object | null; headers?: Readonly<Record<string, string>> }
  | DocumentAnswer
  | { status: number; isEmpty: true };

export type Operation = (call: Call) => Answer | Promise<Answer>;
