import { createHash, randomBytes } from "node:crypto";

const KEY_BYTES = 24;

/** A new API key: random, with a prefix by which people and secret finders know it. */
export const createApiKey = (): string => `ctl_${randomBytes(KEY_BYTES).toString("base64url")}`;

/** What is kept of a key. It is long and random, so a plain hash cannot be turned back; nothing slower is needed. */
export const hashApiKey = (apiKey: string): string => createHash("sha256").update(apiKey).digest("hex");
