import { copyOf } from "./copy-of";
import { JsonListItems, type TakeItem } from "./json-list-items";
import { JsonPlace } from "./json-place";
import { JsonValueEnd } from "./json-value-end";

/** Who takes the items of the list to which these keys lead; undefined where it stays in the outline. */
export type OpenList = (keys: readonly string[]) => TakeItem | undefined;

/** What a text is: JSON, in which `[0]` stands for the first list whose items were taken, `[1]` for the second; or none. */
export type JsonOutcome =
  | { value: unknown }
  | {
      /** Where it stops being JSON, in characters from 0, as far as the engine says. */
      position: number | undefined;
      /** The characters of the text. */
      length: number;
    };

/**
 * Reads a JSON text piece by piece without holding all of it: the items of long lists are handed on one by one, and what
 * remains, the outline, is parsed in the end. It takes for JSON what `JSON.parse` does, and breaks where that does.
 */
export class JsonOutline {
  #outline = "";
  #length = 0;
  readonly #place = new JsonPlace();
  readonly #string = new JsonValueEnd();
  #isInString = false;
  #token = "";
  #list: JsonListItems | undefined;
  #listCount = 0;
  #isBroken = false;
  /** From which place in the outline on a place in the text is so many characters further. */
  readonly #shifts: { from: number; by: number }[] = [];

  constructor(private readonly open: OpenList) {}

  /** What was read so far, with `[0]` for the first list whose items were taken. */
  get text(): string {
    return this.#outline;
  }

  /** So many characters are held beside items; of a text that has broken the rest is of no interest. */
  get outlineLength(): number {
    return this.#isBroken ? 0 : this.#outline.length;
  }

  /** So many characters are held of an item that goes on. */
  get begunLength(): number {
    return this.#list?.begunLength ?? 0;
  }

  write(piece: string): void {
    const start = this.#length;
    this.#length += piece.length;
    let at = 0;
    while (at < piece.length && !this.#isBroken) {
      at = this.#list === undefined ? this.#readOutline(piece, at) : this.#readList(this.#list, piece, at, start);
    }
  }

  end(): JsonOutcome {
    if (this.#list !== undefined && !this.#isBroken) this.#break(this.#list, "");
    try {
      return { value: JSON.parse(this.#outline) };
    } catch (error) {
      const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
      return { position: position === undefined ? undefined : this.#inText(Number(position)), length: this.#length };
    }
  }

  #readOutline(piece: string, from: number): number {
    let at = from;
    while (at < piece.length && this.#list === undefined) {
      at = this.#isInString ? this.#readString(piece, at) : this.#readMark(piece, at);
    }
    /** The list writes its own bracket. */
    const part = piece.slice(from, this.#list === undefined ? at : at - 1);
    this.#outline += 2 * part.length > piece.length ? part : copyOf(part);
    return at;
  }

  #readString(piece: string, from: number): number {
    const end = this.#string.findIn(piece, from);
    this.#token += piece.slice(from, end);
    this.#isInString = end === undefined;
    return end ?? piece.length;
  }

  #readMark(piece: string, at: number): number {
    const mark = piece.charAt(at);
    if (mark === '"') {
      this.#string.begin(mark.charCodeAt(0));
      this.#token = "";
      this.#isInString = true;
      return at;
    }
    if (mark === ":") this.#place.name(this.#token);
    if (mark === "[") this.#list = this.#openList();
    if (mark === "{" || (mark === "[" && this.#list === undefined)) this.#place.enter(mark);
    if (mark === "}" || mark === "]") this.#place.leave();
    return at + 1;
  }

  #openList(): JsonListItems | undefined {
    const keys = this.#place.keys;
    const take = keys === undefined ? undefined : this.open(keys);
    return take === undefined ? undefined : new JsonListItems(take);
  }

  #readList(list: JsonListItems, piece: string, from: number, start: number): number {
    const progress = list.readIn(piece, from);
    if (progress === undefined) return piece.length;
    if ("breaksAt" in progress) {
      this.#break(list, piece.slice(progress.breaksAt));
      return piece.length;
    }
    this.#outline += `[${this.#listCount}]`;
    this.#listCount += 1;
    this.#list = undefined;
    this.#shifts.push({ from: this.#outline.length, by: start + progress.endsAt - this.#outline.length });
    return progress.endsAt;
  }

  /** The outline ends with what is no JSON; of what comes after it only the length is of interest. */
  #break(list: JsonListItems, rest: string): void {
    /** Its bracket is where it is in both. */
    const from = this.#outline.length + 1;
    this.#outline += list.remains + rest;
    this.#shifts.push({ from, by: this.#length - this.#outline.length });
    this.#isBroken = true;
  }

  #inText(position: number): number {
    const last = this.#shifts.filter(({ from }) => from <= position).at(-1);
    return position + (last?.by ?? 0);
  }
}
