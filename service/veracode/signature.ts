import { createHmac } from "node:crypto";
import type { SignedAttempt } from "../http/signing";

const SCHEME = "VERACODE-HMAC-SHA-256";
const REQUEST_VERSION = "vcode_request_version_1";

/** Credentials without the prefix of their region. */
export interface SigningKey {
  id: string;
  /** Hexadecimal. */
  secret: string;
}

/** What makes each signature another one. */
export interface SigningMoment {
  /** Milliseconds since 1970. */
  timeMs: number;
  /** 32 hexadecimal digits, never used before. */
  nonce: string;
}

const hmac = (key: Buffer, data: Buffer | string): Buffer => createHmac("sha256", key).update(data).digest();

/** Returns the header `authorization` of a request. The body is not signed. */
export function authorizationOf(
  { id, secret }: SigningKey,
  { method, host, path }: SignedAttempt,
  { timeMs, nonce }: SigningMoment,
): string {
  const nonceKey = hmac(Buffer.from(secret, "hex"), Buffer.from(nonce, "hex"));
  const key = hmac(hmac(nonceKey, String(timeMs)), REQUEST_VERSION);
  const data = `id=${id.toLowerCase()}&host=${host.toLowerCase()}&url=${path}&method=${method.toUpperCase()}`;
  const signature = hmac(key, data).toString("hex");
  return `${SCHEME} id=${id},ts=${timeMs},nonce=${nonce},sig=${signature}`;
}
