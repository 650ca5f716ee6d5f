import type { Request, RequestHandler, Response } from "express";
import type { User } from "../store/users";
import type { Operation } from "./operation";
import type { Refusal } from "./refusal";

/** One API of a vendor, as the service speaks it over HTTP. */
export interface Api {
  /** The name of its file in the folder `contract`. */
  contractFile: string;
  /** The security schemes of the contract, all of which `authenticate` answers for. */
  securitySchemes: readonly string[];
  /** By `operationId`. */
  operations: Readonly<Record<string, Operation>>;
  /** Method and path of each operation, by `operationId`. */
  routes: Readonly<Record<string, string>>;
  /** The path of webhooks, before their UUID. */
  webhookPath: string;
  /** The commands that set up a program for a team, after its endpoint. */
  setup: (teamId: number) => readonly string[];
  /** Handlers before anything of a request is looked at. */
  before: readonly RequestHandler[];
  /** Handlers after the control interface, which see the body as bytes. */
  guards: readonly RequestHandler[];
  /** @throws Refusal 401 */
  authenticate(request: Request): User;
  /** Answers a request that was rejected, in the API's form of errors. */
  sendRefusal(request: Request, response: Response, refusal: Refusal): void;
}
