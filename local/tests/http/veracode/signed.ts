import { createHmac, randomBytes } from "node:crypto";
import type { SigningKey } from "../../../src/index";

/** What is signed; `ts` and `nonce` are chosen by a test that needs them. */
export interface ToSign {
  method: string;
  /** Without port. */
  host: string;
  /** Path and query. */
  url: string;
  ts?: number;
  nonce?: string;
}

const hmac = (key: Buffer, data: string | Buffer): Buffer => createHmac("sha256", key).update(data).digest();

/** The tests' own signature, written from the published steps. */
export function signatureOf({ id, secret }: SigningKey, { method, host, url, ts = 0, nonce = "" }: ToSign): string {
  let key: Buffer = Buffer.from(secret, "hex");
  for (const part of [Buffer.from(nonce, "hex"), String(ts), "vcode_request_version_1"]) key = hmac(key, part);
  return hmac(key, `id=${id}&host=${host}&url=${url}&method=${method}`).toString("hex");
}

/** The header `Authorization` of a request. */
export function authorizationOf(key: SigningKey, request: ToSign): string {
  const signed = { ts: Date.now(), nonce: randomBytes(16).toString("hex"), ...request };
  const { ts, nonce } = signed;
  return `VERACODE-HMAC-SHA-256 id=${key.id},ts=${ts},nonce=${nonce},sig=${signatureOf(key, signed)}`;
}
