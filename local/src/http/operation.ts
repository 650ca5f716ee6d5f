import type { Readable } from "node:stream";
import type { operations } from "../../../contract/wire.generated";
import type { User } from "../store/users";

/** A request that matches the contract. */
export interface Call {
  params: Readonly<Record<string, string>>;
  body: unknown;
  /**
   * The user of the API key.
   * @throws Refusal with 401 if the request has none.
   */
  user(): User;
}

/** The answer of an operation: JSON, or a document of another type as a stream. */
export type Answer = { status: number; body: object } | { status: number; contentType: string; content: Readable };

export type Operation = (call: Call) => Answer | Promise<Answer>;

/** Every operation of the contract, by its `operationId`. */
export type Operations = Readonly<Record<keyof operations, Operation>>;
