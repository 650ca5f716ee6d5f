/** The deepest place that anybody asks for: `data`, `findings`, and the name of a scanner. */
const MAX_KEYS = 3;

/** Where one is in a JSON text, by the brackets and names that were met. What is no JSON leads nowhere in particular. */
export class JsonPlace {
  /** The key at which each open object is; undefined for a list. */
  readonly #keys: (string | undefined)[] = [];
  #levelsBelow = 0;

  /** The keys that lead to the value that comes next; undefined inside of a list, and deeper than anybody asks for. */
  get keys(): readonly string[] | undefined {
    const keys = this.#keys.filter((key) => key !== undefined);
    return this.#levelsBelow === 0 && keys.length === this.#keys.length ? keys : undefined;
  }

  /** An object or a list begins. */
  enter(bracket: "{" | "["): void {
    if (this.#levelsBelow > 0 || this.#keys.length === MAX_KEYS) this.#levelsBelow += 1;
    else this.#keys.push(bracket === "{" ? "" : undefined);
  }

  /** The innermost object or list ends. */
  leave(): void {
    if (this.#levelsBelow > 0) this.#levelsBelow -= 1;
    else this.#keys.pop();
  }

  /** A colon follows this name, given as it stands in the text. */
  name(token: string): void {
    const last = this.#keys.length - 1;
    if (this.#levelsBelow > 0 || this.#keys[last] === undefined) return;
    try {
      this.#keys[last] = String(JSON.parse(token));
    } catch {
      /** Whoever parses the text will meet it as well. */
    }
  }
}
