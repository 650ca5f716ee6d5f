import { masked } from "../formats/masking";
import { plainText } from "../plain-text";

/** A text of a scanned site is cut here. */
const LONGEST_TEXT = 200;

/** A text of a scanned site: safe to print, and cut between characters where it is long. */
export function shorten(text: string): string {
  /** A character has two code units at most. */
  const characters = Array.from(plainText(text.slice(0, 2 * LONGEST_TEXT + 2)));
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT).join("")}...` : characters.join("");
}

/** Of a text of megabytes only the beginning is gone through: the rest is not shown. No credential is as long. */
const LONGEST_MASKED_TEXT = 64 * 1024;

/** As `shorten`, without cookies and credentials. */
export const shortMasked = (text: string): string =>
  shorten(text.length > LONGEST_MASKED_TEXT ? `${masked(text.slice(0, LONGEST_MASKED_TEXT))}...` : masked(text));
