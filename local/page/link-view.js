// @ts-check
import { byId, setText } from "./elements.js";

/** @typedef {import("./feed.js").Link} Link */

const MS_PER_SECOND = 1000;

/** Shows whether the page is live; if not, why, and when the next attempt is. */
export function createLinkView() {
  const pill = byId("link", HTMLElement);
  const away = byId("away", HTMLElement);
  const text = byId("away-text", HTMLElement);
  let nextAttemptMs = 0;
  let reason = "";

  const showCountdown = () => {
    const seconds = Math.max(0, Math.ceil((nextAttemptMs - Date.now()) / MS_PER_SECOND));
    setText(text, `${reason} You are seeing the last known state. Next attempt in ${String(seconds)} s.`);
  };
  return {
    /** @param {Link} link */
    update: (link) => {
      pill.className = `link link-${link.state}`;
      if (link.state === "live") {
        setText(pill, "Live");
        away.hidden = true;
      } else if (link.state === "away") {
        setText(pill, "Service away");
        reason = link.reason;
        nextAttemptMs = Date.now() + link.waitMs;
        showCountdown();
        away.hidden = false;
      } else if (away.hidden) setText(pill, "Connecting…");
      else setText(text, `${reason} You are seeing the last known state. Trying again…`);
    },
    tick: () => {
      if (!away.hidden && nextAttemptMs > Date.now()) showCountdown();
    },
  };
}
