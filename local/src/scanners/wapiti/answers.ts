import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

const ANSWER_TIMEOUT_MS = 10_000;

/** Whether a target answers a GET at all, whatever the status; false where `signal` ends the waiting. */
export function doesAnswer(target: URL, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const isTls = target.protocol === "https:";
    // Targets are on this machine, where certificates are self-made as a rule; nothing secret is sent.
    const options = {
      ...{ agent: false, timeout: ANSWER_TIMEOUT_MS },
      ...(isTls ? { rejectUnauthorized: false } : {}),
      ...(signal === undefined ? {} : { signal }),
    } as const;
    const request = (isTls ? httpsRequest : httpRequest)(target, options, () => {
      resolve(true);
      request.destroy();
    });
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", () => {
      resolve(false);
    });
    request.end();
  });
}
