import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { operationOf } from "./contract";
import type { Answer } from "./operation";

/** An answer that does not match the contract: a bug in the service, answered with 500. */
export class AnswerContractError extends Error {
  override readonly name = "AnswerContractError";
}

/**
 * Sends an answer; the validator checks JSON against the contract, and the type of a document is checked here.
 * @throws AnswerContractError before anything is sent.
 */
export async function sendAnswer(request: Request, response: Response, answer: Answer): Promise<void> {
  response.status(answer.status);
  requireDocumentedSuccess(request, answer.status);
  if ("isEmpty" in answer) {
    response.end();
    return;
  }
  if ("body" in answer) {
    response.set(answer.headers ?? {}).json(answer.body);
    return;
  }
  response.setHeader("Content-Type", answer.contentType);
  requireDocumentedType(request, response);
  await pipeline(answer.content, response);
}

/** The contract's `default` is for errors, but the validator would accept an undocumented success as one. */
function requireDocumentedSuccess(request: Request, status: number): void {
  const operation = operationOf(request);
  if (operation === undefined || status >= 400 || operation.namesStatus(status)) return;
  throw new AnswerContractError(`${operation.operationId} answered ${status}, which is not in the contract.`);
}

/** The validator checks JSON only; it would accept an answer of an undocumented type. */
function requireDocumentedType(request: Request, response: Response): void {
  const operation = operationOf(request);
  if (operation === undefined) return;
  const documented = operation.answerTypes(response.statusCode);
  const sent = String(response.getHeader("Content-Type") ?? "no type").split(";")[0];
  if (!documented.some((type) => type === sent)) {
    throw new AnswerContractError(
      `${operation.operationId} answered ${response.statusCode} with ${sent ?? ""}; the contract has ${documented.join(", ")}.`,
    );
  }
}
