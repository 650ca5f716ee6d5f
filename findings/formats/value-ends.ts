/** A quote as it stands in a text that may itself be quoted, or be written for a page or an address. */
export const QUOTE = String.raw`(?:\\{0,32}["']|&quot;|&#3[49];|%22)`;

const LONGEST_QUOTE = 33;
const QUOTE_HERE = new RegExp(QUOTE, "iy");
const QUOTE_AT_END = new RegExp(`${QUOTE}$`, "i");
/** A value in an address or a form ends where the next one begins. */
const PARAMETER = /[^\s&;"'<>\\]*/y;

/**
 * Where a header ends: at a line end, or at an escaped one if another header, a quote or an empty line follows. What only
 * looks like an escaped line end must not end a value too early.
 */
const LINE_END = /\r\n?|\n|\\[rn](?:\\{1,8}[rn])*(?=[\w-]{1,64}[ \t]*:|\\{0,8}["'])|\\n(?:\\{1,8}r)?\\{1,8}n/g;

/** A part of a shell's word that is not quoted. */
const WORD_PART = /[^\s'"\\&%]+|[&%]|\\[^]/y;
/** In a shell, `'a'\''b'` is one word. */
const QUOTE_IN_WORD = String.raw`\''`;

/** Where values in one text end. Asked from left to right, it looks at every character a bounded number of times. */
export class ValueEnds {
  private lineEnd = -1;
  private parameterEnd = -1;

  constructor(private readonly text: string) {}

  quoteAt(index: number): string | undefined {
    QUOTE_HERE.lastIndex = index;
    return QUOTE_HERE.exec(this.text)?.[0];
  }

  quoteBefore(index: number): string | undefined {
    return QUOTE_AT_END.exec(this.text.slice(Math.max(0, index - LONGEST_QUOTE), index))?.[0];
  }

  /** The end of a header, which goes on in lines that begin with a blank. */
  ofLine(start: number): number {
    if (this.lineEnd >= start) return this.lineEnd;
    LINE_END.lastIndex = start;
    let end = LINE_END.exec(this.text);
    while (end !== null && /[ \t]/.test(this.text.charAt(LINE_END.lastIndex))) end = LINE_END.exec(this.text);
    this.lineEnd = end?.index ?? this.text.length;
    return this.lineEnd;
  }

  /** Where this quote closes: one with more backslashes before it belongs to the value. */
  ofQuoted(start: number, quote: string): number {
    const end = this.ofLine(start);
    const sign = /["']$/.test(quote) ? quote.slice(-1) : quote;
    for (let at = this.text.indexOf(sign, start); at >= 0 && at < end; at = this.text.indexOf(sign, at + 1)) {
      const backslashes = this.backslashesBefore(at, start);
      if (backslashes > quote.length - sign.length) continue;
      if (quote !== "'" || !this.text.startsWith(QUOTE_IN_WORD, at + 1)) return at - backslashes;
      at += QUOTE_IN_WORD.length;
    }
    return end;
  }

  ofElement(start: number): number {
    const end = this.text.indexOf("<", start);
    return end < 0 ? this.text.length : end;
  }

  ofParameter(start: number): number {
    if (this.parameterEnd >= start) return this.parameterEnd;
    PARAMETER.lastIndex = start;
    PARAMETER.exec(this.text);
    this.parameterEnd = PARAMETER.lastIndex;
    return this.parameterEnd;
  }

  /** The end of a shell's word: quoted parts, escaped characters and others, as far as no blank stands between them. */
  ofWord(start: number): number {
    let at = start;
    for (;;) {
      const quote = this.quoteAt(at);
      if (quote !== undefined) {
        const end = this.ofQuoted(at + quote.length, quote);
        if (!this.text.startsWith(quote, end)) return end;
        at = end + quote.length;
        continue;
      }
      WORD_PART.lastIndex = at;
      if (!WORD_PART.test(this.text)) return at;
      at = WORD_PART.lastIndex;
    }
  }

  private backslashesBefore(index: number, start: number): number {
    let first = index;
    while (first > start && this.text[first - 1] === "\\") first -= 1;
    return index - first;
  }
}
