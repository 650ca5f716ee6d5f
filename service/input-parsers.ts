/** Why an input is invalid. The text follows the input's name, and never repeats the value. */
export class InvalidInput extends Error {}

const LARGEST_ID = Number.MAX_SAFE_INTEGER;

/** Parses an ID: a positive whole number, given as number or digits. Returns digits without leading zeros. */
export function parseId(value: unknown): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^[1-9]\d*$/.test(text) || Number(text) > LARGEST_ID) {
    throw new InvalidInput("must be a positive whole number, such as 42");
  }
  return text;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Parses the UUID of a webhook. */
export function parseWebhook(value: unknown): string {
  if (typeof value === "string" && UUID.test(value)) return value;
  throw new InvalidInput("must be the UUID of a project's webhook, without the address before it");
}

/** Returns a parser of a text of 1 to `longest` characters. */
export const parseText =
  (longest: number) =>
  (value: unknown): string => {
    if (typeof value !== "string" || value.trim() === "" || value.length > longest) {
      throw new InvalidInput(`must be a text of 1 to ${longest} characters`);
    }
    return value;
  };

const LONGEST_URL = 2_048;

/** Parses the address of a target: http or https, without credentials. */
export function parseTargetUrl(value: unknown): string {
  const text = String(value);
  const url = typeof value === "string" && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new InvalidInput("must be an address such as https://shop.example.com");
  }
  if (url.username !== "" || url.password !== "") throw new InvalidInput("must not contain a user name or password");
  if (text.length > LONGEST_URL) throw new InvalidInput(`must have at most ${LONGEST_URL} characters`);
  return text;
}
