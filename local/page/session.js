// @ts-check

const NAME = "crashtest-local-key";

/** The key stays in this tab: other tabs, or the browser after a restart, do not have it. */

/** @returns {string | undefined} */
export function rememberedKey() {
  return sessionStorage.getItem(NAME) ?? undefined;
}

/** @param {string} key */
export function rememberKey(key) {
  sessionStorage.setItem(NAME, key);
}

export function forgetKey() {
  sessionStorage.removeItem(NAME);
}
