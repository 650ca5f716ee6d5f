import { Tokenizer, TokenParser, TokenType } from "@streamparser/json";
import { MAX_REPORT_DEPTH, ReportParseError, TOO_DEEP } from "./report-error";
import { unreadable } from "./report-json";

/** Checks in pieces, without keeping them, whether a text is one complete JSON object. */
export class JsonStream {
  readonly #tokenizer = new Tokenizer();
  /** Without paths it emits no values, and drops each once it is parsed. */
  readonly #grammar = new TokenParser({ paths: [], keepStack: false });
  #length = 0;
  #depth = 0;
  #problem: ReportParseError | undefined;

  constructor() {
    this.#tokenizer.onToken = (token) => {
      this.#checkBrackets(token.token);
      this.#grammar.write(token);
    };
  }

  /** Parses the next piece. `end` returns any problem. */
  write(piece: string): void {
    this.#length += piece.length;
    if (this.#problem !== undefined) return;
    try {
      this.#tokenizer.write(piece);
    } catch (error) {
      // The parser's own message quotes the text.
      this.#problem = error instanceof ReportParseError ? error : this.#invalidJson();
    }
  }

  /** Returns what is wrong; undefined for one complete JSON object within the depth limit. */
  end(): ReportParseError | undefined {
    return this.#problem ?? (this.#grammar.isEnded ? undefined : this.#invalidJson());
  }

  #checkBrackets(token: TokenType): void {
    if (this.#depth === 0 && token !== TokenType.LEFT_BRACE) throw unreadable("is not a JSON object");
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) this.#depth += 1;
    if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) this.#depth -= 1;
    if (this.#depth > MAX_REPORT_DEPTH) throw unreadable(TOO_DEEP);
  }

  #invalidJson(): ReportParseError {
    return unreadable(`is not valid JSON, or was cut off (${this.#length} characters)`);
  }
}
