const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;

const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b;
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d;

/** White space, and whatever else ends a number or a word. */
const isDelimiter = (code: number): boolean =>
  code <= SPACE || code === COMMA || code === COLON || code === QUOTE || isOpening(code) || isClosing(code);

/**
 * Finds where a JSON value ends, over the pieces of a text. It knows strings and brackets alone: whether what it found is
 * JSON, `JSON.parse` says.
 */
export class JsonValueEnd {
  #depth = 0;
  #deepest = 0;
  #isWord = false;
  #isInString = false;
  #isEscaped = false;

  /** How deep brackets were nested in the value so far; 0 for a value that has none. */
  get deepest(): number {
    return this.#deepest;
  }

  /** Begins with another value, by the code of its first character. */
  begin(first: number): void {
    this.#depth = 0;
    this.#deepest = 0;
    this.#isWord = first !== QUOTE && !isOpening(first);
    this.#isInString = false;
    this.#isEscaped = false;
  }

  /** Reads on in the next piece. @returns where the value has ended there; undefined if it goes on after the piece */
  findIn(piece: string, from: number): number | undefined {
    for (let at = from; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (this.#isWord) {
        if (isDelimiter(code)) return at;
      } else if (this.#isInString ? this.#endsString(code) : this.#endsBracket(code)) return at + 1;
    }
    return undefined;
  }

  #endsString(code: number): boolean {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) {
      this.#isInString = false;
      return this.#depth === 0;
    }
    return false;
  }

  #endsBracket(code: number): boolean {
    if (code === QUOTE) this.#isInString = true;
    else if (isOpening(code)) {
      this.#depth += 1;
      this.#deepest = Math.max(this.#deepest, this.#depth);
    } else if (isClosing(code)) {
      this.#depth -= 1;
      return this.#depth === 0;
    }
    return false;
  }
}
