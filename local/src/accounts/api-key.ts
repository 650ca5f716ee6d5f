import { createHash, randomBytes } from "node:crypto";

const KEY_BYTES = 24;

/** Creates an API key: random, with a prefix that people and secret scanners recognise. */
export const createApiKey = (): string => `ctl_${randomBytes(KEY_BYTES).toString("base64url")}`;

/** Hashes a key for storage. Keys are long and random, so a plain hash cannot be reversed; no slow hash is needed. */
export const hashApiKey = (apiKey: string): string => createHash("sha256").update(apiKey).digest("hex");
