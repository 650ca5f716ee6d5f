import { copyOf } from "../copy-of";
import { MAX_KINDS } from "../report-limits";
import { shortMasked } from "./short-text";

interface HeldName {
  /** As in the report. */
  readonly name: string;
  /** As people are told it: safe to print, and bounded. */
  readonly shown: string;
}

/** Slugs, titles and scanners, of each of which a report may have so many. */
const MAX_NAMES = 3 * MAX_KINDS;

/** Names that are the same for finding after finding, each held once. */
export class HeldNames {
  readonly #byName = new Map<string, HeldName>();

  of(name: string): HeldName {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const held = { name: copyOf(name), shown: shortMasked(name) };
    if (this.#byName.size < MAX_NAMES) this.#byName.set(held.name, held);
    return held;
  }
}
