import type { JsonObject } from "./json-fields";
import { MAX_REPORT_DEPTH } from "./report-json";
import { MAX_MEMBER_NAMES } from "./report-limits";

/**
 * The names of the members in a report's findings. The JSON parser keeps each name that it meets for longer than the objects
 * (some 150 bytes, measured), so that a report in which no name is there twice costs more than its text.
 */
export class MemberNames {
  readonly #names = new Set<string>();

  get areTooMany(): boolean {
    return this.#names.size > MAX_MEMBER_NAMES;
  }

  /** Adds those of an object and of all objects in it, as deep as a report may be. */
  add(value: unknown, levels = MAX_REPORT_DEPTH): void {
    if (typeof value !== "object" || value === null || levels === 0) return;
    if (Array.isArray(value)) for (const item of value) this.add(item, levels - 1);
    else {
      for (const name of Object.keys(value)) {
        this.#names.add(name);
        this.add((value as JsonObject)[name], levels - 1);
      }
    }
  }
}
