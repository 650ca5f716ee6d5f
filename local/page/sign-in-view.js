// @ts-check
import { byId, setText } from "./elements.js";

/** @type {Readonly<Record<string, string>>} */
const PROBLEMS = {
  api_key_unknown: "The service does not know this key. The service printed the key at its first start.",
  api_key_missing: "Enter the API key.",
};

/**
 * Returns the text for a key that was rejected.
 * @param {string} slug
 */
export const problemOf = (slug) => PROBLEMS[slug] ?? `The service does not accept this key (${slug}).`;

/**
 * Sets up the form for the key.
 * @param {(key: string) => void} onKey
 */
export function createSignInView(onKey) {
  const section = byId("sign-in", HTMLElement);
  const input = byId("key", HTMLInputElement);
  const status = byId("sign-in-status", HTMLElement);
  const problem = byId("sign-in-problem", HTMLElement);

  byId("sign-in-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const key = input.value.trim();
    setText(problem, "");
    // A header cannot contain other characters, and no key has them.
    const canBeKey = /^[\x21-\x7e]+$/.test(key);
    setText(status, canBeKey ? "Asking the service…" : "");
    if (canBeKey) onKey(key);
    else setText(problem, problemOf("api_key_unknown"));
  });
  return {
    /** @param {string} text why the key is requested again; empty if there is nothing to say */
    show: (text) => {
      section.hidden = false;
      setText(status, "");
      input.removeAttribute("aria-invalid");
      if (text !== "") input.setAttribute("aria-invalid", "true");
      setText(problem, text);
      input.focus();
    },
    hide: () => {
      section.hidden = true;
      setText(status, "");
      input.value = "";
    },
  };
}
