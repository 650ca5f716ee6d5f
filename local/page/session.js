// @ts-check

const NAME = "crashtest-local-key";

/** The key stays in this tab: another tab, or the browser's next start, knows nothing of it. */

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
