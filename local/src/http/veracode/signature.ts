import { createHmac, timingSafeEqual } from "node:crypto";

const SCHEME = "VERACODE-HMAC-SHA-256";
const VERSION = "vcode_request_version_1";
const HEADER = new RegExp(
  `^${SCHEME} id=([0-9a-f]{32}),ts=([0-9]{1,15}),nonce=([0-9a-f]{32}),sig=([0-9a-f]{64})$`,
  "i",
);

/** What a request claims about its sender. */
export interface Claim {
  id: string;
  /** In milliseconds since 1970, as sent. */
  timestamp: string;
  nonce: string;
  signature: string;
}

/** What is signed besides the claim itself; the body is not. */
export interface SignedRequest {
  method: string;
  /** Without port. */
  host: string;
  /** The path with the query, as sent. */
  url: string;
}

/** Parses the header `Authorization`; undefined if it is missing or has another form. */
export function parseClaim(header: string | undefined): Claim | undefined {
  const [, id, timestamp, nonce, signature] = HEADER.exec(header ?? "") ?? [];
  if (id === undefined || timestamp === undefined || nonce === undefined || signature === undefined) return undefined;
  return { id: id.toLowerCase(), timestamp, nonce: nonce.toLowerCase(), signature: signature.toLowerCase() };
}

const hmac = (key: Buffer, data: Buffer | string): Buffer => createHmac("sha256", key).update(data).digest();

/** Returns whether the claim's signature was made of this request with this secret. */
export function isSignedWith(secret: string, claim: Claim, { method, host, url }: SignedRequest): boolean {
  const { id, timestamp, nonce, signature } = claim;
  const ofNonce = hmac(Buffer.from(secret, "hex"), Buffer.from(nonce, "hex"));
  const key = hmac(hmac(ofNonce, timestamp), VERSION);
  const expected = hmac(key, `id=${id}&host=${host.toLowerCase()}&url=${url}&method=${method.toUpperCase()}`);
  return timingSafeEqual(expected, Buffer.from(signature, "hex"));
}
