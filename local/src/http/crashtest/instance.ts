import type { RequestHandler } from "express";
import { Refusal } from "../refusal";

/** Names the database that answers, or in a request the one that its IDs come from. */
export const INSTANCE_HEADER = "Crashtest-Service";

/**
 * Names the instance in every answer, and rejects requests with IDs from another one before anything is done: they mean
 * other things here.
 */
export const nameInstance =
  (instance: string): RequestHandler =>
  (request, response, next) => {
    response.set(INSTANCE_HEADER, instance);
    const asked = request.get(INSTANCE_HEADER);
    next(asked === undefined || asked === instance ? undefined : new Refusal(421, "other_service"));
  };
