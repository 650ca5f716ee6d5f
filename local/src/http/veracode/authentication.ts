import type { Request, RequestHandler } from "express";
import type { User, UserStore } from "../../store/users";
import { Refusal } from "../refusal";
import { isSignedWith, parseClaim } from "./signature";

/** ASSUMED: how far the time of a signature may be off; the vendor says that there is a limit, but not which. */
const TOLERANCE_MS = 5 * 60_000;

/** The signatures of requests: each is checked once, and counts once. */
export interface Authentication {
  guard: RequestHandler;
  /** Returns the user whose key signed the request. @throws Refusal 401 */
  userOf: (request: Request) => User;
}

export interface AuthenticationParts {
  findSigner: UserStore["findSigner"];
  /** The time that signatures are compared with, in milliseconds since 1970. */
  now: () => number;
}

export function createAuthentication({ findSigner, now }: AuthenticationParts): Authentication {
  const users = new WeakMap<Request, User>();
  const isNew = createNonceMemory(now);

  const check = (request: Request): User => {
    const claim = parseClaim(request.headers.authorization);
    if (claim === undefined) throw new Refusal(401, "signature_missing");
    const signer = findSigner(claim.id);
    const host = (request.headers.host ?? "").replace(/:[0-9]+$/, "");
    const signed = { method: request.method, host, url: request.originalUrl };
    if (signer === undefined || !isSignedWith(signer.secret, claim, signed)) throw new Refusal(401, "signature_wrong");
    if (Math.abs(Number(claim.timestamp) - now()) > TOLERANCE_MS) throw new Refusal(401, "signature_outdated");
    if (!isNew(`${claim.id} ${claim.nonce}`)) throw new Refusal(401, "signature_repeated");
    return signer.user;
  };
  return {
    guard: (request, _response, next) => {
      users.set(request, check(request));
      next();
    },
    userOf: (request) => {
      const user = users.get(request);
      if (user === undefined) throw new Refusal(401, "signature_missing");
      return user;
    },
  };
}

/** Creates a memory that says whether it sees a nonce for the first time, for as long as a signature with it is accepted. */
function createNonceMemory(now: () => number): (nonce: string) => boolean {
  const seenAtMs = new Map<string, number>();
  return (nonce) => {
    for (const [old, atMs] of seenAtMs) {
      if (now() - atMs <= 2 * TOLERANCE_MS) break;
      seenAtMs.delete(old);
    }
    if (seenAtMs.has(nonce)) return false;
    seenAtMs.set(nonce, now());
    return true;
  };
}
