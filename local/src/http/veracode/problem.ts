import type { Request, Response } from "express";
import { Refusal } from "../refusal";
import type { Wire } from "./operations";

export interface Cause {
  code: string;
  detail: string;
}

/** A rejected request in the words of this API: a status and at least one cause. */
export class Problem extends Refusal {
  constructor(
    status: number,
    readonly causes: readonly Cause[],
  ) {
    super(status, (causes[0]?.code ?? "").toLowerCase());
  }
}

/** Creates the problem with a single cause. */
export const problem = (status: number, code: string, detail: string): Problem =>
  new Problem(status, [{ code, detail }]);

export const notFound = (what: string): Problem => problem(404, "NOT_FOUND", `There is no such ${what}.`);

const WITHOUT_BODY = [401, 403];
const TITLES: ReadonlyMap<number, string> = new Map([
  [400, "Bad Request"],
  [404, "Not Found"],
  [500, "Internal Server Error"],
  [501, "Not Implemented"],
]);

/** Sends a rejection: a problem; by webhook a message; without a body, where the real service sends none. */
export function sendProblem(request: Request, response: Response, refusal: Refusal): void {
  if (WITHOUT_BODY.includes(refusal.status) || refusal.slug === "malformed_json") {
    response.status(refusal.status).end();
    return;
  }
  const status = refusal.status === 422 ? 400 : refusal.status;
  response.status(status);
  if (request.path.startsWith("/dae/api/core-api/")) {
    response.json({ message: messageOf(refusal) });
    return;
  }
  response.setHeader("Content-Type", status === 400 ? "application/problem+json" : "application/json");
  response.json(problemBody(status, request.path, causesOf(refusal)));
}

/** Names the fields that are invalid. */
function messageOf({ slug, data = {} }: Refusal): string {
  const reasons = Object.entries(data).map(([field, reason]) => `${field} ${String(reason)}`);
  return reasons.length === 0 ? slug : `${slug}: ${reasons.join("; ")}`;
}

function problemBody(status: number, instance: string, errors: readonly Cause[]): Wire["Problem"] {
  const title = TITLES.get(status) ?? "Error";
  const type = `urn:problem-type:veracode:dast:${title.toLowerCase().replaceAll(" ", "-")}`;
  return { type, title, status, detail: errors[0]?.detail ?? title, instance, errors: [...errors] };
}

/** ASSUMED: the code `INVALID_REQUEST` for what the contract forbids. */
function causesOf(refusal: Refusal): readonly Cause[] {
  if (refusal instanceof Problem) return refusal.causes;
  const isOfContract = refusal.slug === "validation_failed" || refusal.slug === "malformed_request";
  const code = isOfContract ? "INVALID_REQUEST" : refusal.slug.toUpperCase();
  const reasons = Object.entries(refusal.data ?? {}).map(([field, reason]) => `${field} ${[reason].flat().join(", ")}`);
  return (reasons.length === 0 ? [refusal.slug] : reasons).map((detail) => ({ code, detail }));
}
