import { randomBytes } from "node:crypto";
import type { SigningKey } from "../store/users";

const ID_BYTES = 16;
const SECRET_BYTES = 64;

/** Creates a signing key in the form of Veracode's API credentials. */
export function createSigningKey(): SigningKey {
  return { id: randomBytes(ID_BYTES).toString("hex"), secret: randomBytes(SECRET_BYTES).toString("hex") };
}

export const isSigningKeyId = (text: unknown): boolean => typeof text === "string" && /^[0-9a-f]{32}$/i.test(text);

export const isSigningSecret = (text: unknown): boolean => typeof text === "string" && /^[0-9a-f]{128}$/i.test(text);
