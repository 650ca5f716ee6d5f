import { JsonValueEnd } from "./json-value-end";

/**
 * Takes one item of a list.
 *
 * @param text the item, from its first to its last character
 * @param depth how deep brackets are nested in it; 0 where it has none
 * @throws SyntaxError if it is no JSON
 */
export type TakeItem = (text: string, depth: number) => void;

/** Where a list ends in a piece of a text, behind its bracket; where it stops being JSON there; undefined if it goes on. */
export type ListProgress = { endsAt: number } | { breaksAt: number } | undefined;

/** Before the first item, after an item, after a comma, inside of an item. */
type State = "first" | "after" | "next" | "inside";

const WHITE_SPACE = " \n\r\t";
const BEGINS_NOTHING = ",:]}";

/** Takes a list apart into its items, over the pieces of a text, and holds no more of it than one item. */
export class JsonListItems {
  #state: State = "first";
  #hasItems = false;
  readonly #end = new JsonValueEnd();
  /** What earlier pieces had of the item. */
  #begun: string[] = [];
  #begunLength = 0;

  constructor(private readonly take: TakeItem) {}

  /**
   * What stands for a list that breaks, up to that place: its bracket, one good item for all, and what there is of the next.
   * With the text that follows it stops being JSON where the list does, and in the same way.
   */
  get remains(): string {
    const good = this.#state === "after" ? "{}" : this.#hasItems ? "{}," : "";
    return `[${good}${this.#begun.join("")}`;
  }

  /** So many characters are held of an item that goes on in the next piece. */
  get begunLength(): number {
    return this.#begunLength;
  }

  /** Reads on in the next piece; in the first one from behind the list's bracket. */
  readIn(piece: string, from: number): ListProgress {
    let at = from;
    while (at < piece.length) {
      const progress = this.#state === "inside" ? this.#readItem(piece, at) : this.#readMark(piece, at);
      if (typeof progress !== "number") return progress;
      at = progress;
    }
    return undefined;
  }

  /** Reads what stands between items. @returns where to go on */
  #readMark(piece: string, at: number): number | ListProgress {
    const mark = piece.charAt(at);
    if (WHITE_SPACE.includes(mark)) return at + 1;
    if (mark === "]" && this.#state !== "next") return { endsAt: at + 1 };
    if (this.#state === "after") {
      if (mark !== ",") return { breaksAt: at };
      this.#state = "next";
      return at + 1;
    }
    if (BEGINS_NOTHING.includes(mark)) return { breaksAt: at };
    this.#end.begin(mark.charCodeAt(0));
    this.#state = "inside";
    return at;
  }

  #readItem(piece: string, from: number): number | ListProgress {
    const end = this.#end.findIn(piece, from);
    this.#begun.push(piece.slice(from, end));
    this.#begunLength += (end ?? piece.length) - from;
    if (end === undefined) return undefined;
    try {
      this.take(this.#begun.join(""), this.#end.deepest);
    } catch (error) {
      if (error instanceof SyntaxError) return { breaksAt: end };
      throw error;
    }
    this.#begun = [];
    this.#begunLength = 0;
    this.#state = "after";
    this.#hasItems = true;
    return end;
  }
}
