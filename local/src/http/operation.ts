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

/** The answer of an operation: JSON, a document of another type as a stream, or no body. */
export type Answer =
  | { status: number; body: object | null; headers?: Readonly<Record<string, string>> }
  | { status: number; contentType: string; content: Readable }
  | { status: number; isEmpty: true };

export type Operation = (call: Call) => Answer | Promise<Answer>;
