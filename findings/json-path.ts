/** The root of what was given. */
export const ROOT_PATH = "$";

/** Longest key that a path shows in full; keys come from outside and end up in messages. */
const MAX_KEY_LENGTH = 64;

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/** Also the beginning of a colour of the engine, see `plain-text.ts`. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|<(?=\{%)/gu;

/** The path of a member or of a list's item. Long keys are cut, characters that cannot be seen are replaced by `?`. */
export function childPath(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  const shown = key.length > MAX_KEY_LENGTH ? `${key.slice(0, MAX_KEY_LENGTH)}...` : key;
  return PLAIN_KEY.test(shown) ? `${path}.${shown}` : `${path}[${JSON.stringify(shown.replace(UNPRINTABLE, "?"))}]`;
}
