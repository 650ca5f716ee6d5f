import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { operationOf } from "./contract";
import type { Answer } from "./operation";

/** An answer of the service that does not fit the contract: a mistake in the service, answered with 500. */
export class AnswerContractError extends Error {
  override readonly name = "AnswerContractError";
}

/**
 * Sends an answer; JSON is held against the contract by the validation, a document's type here.
 * @throws AnswerContractError before anything is sent.
 */
export async function sendAnswer(request: Request, response: Response, answer: Answer): Promise<void> {
  response.status(answer.status);
  requireDocumentedSuccess(request, answer.status);
  if ("body" in answer) {
    response.json(answer.body);
    return;
  }
  response.setHeader("Content-Type", answer.contentType);
  requireDocumentedType(request, response);
  await pipeline(answer.content, response);
}

/** The contract's `default` is for errors; by the validation a success that it does not name would pass as one. */
function requireDocumentedSuccess(request: Request, status: number): void {
  const operation = operationOf(request);
  if (operation === undefined || status >= 400 || operation.namesStatus(status)) return;
  throw new AnswerContractError(`${operation.operationId} answered ${status}, which the contract does not name.`);
}

/** The validation looks at JSON only; an answer of a type that the contract does not name would pass. */
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
