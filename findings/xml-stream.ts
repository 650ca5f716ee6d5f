import { SaxesParser } from "saxes";
import { ROOT_PATH } from "./json-fields";
import { MAX_REPORT_DEPTH, ReportParseError, TOO_DEEP } from "./report-error";

/** An element at its start tag. */
export interface XmlElement {
  readonly name: string;
  /** Without a prototype. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is wrong at a position, as the end of a sentence. */
export type XmlProblem = string | { readonly tooLarge: string };

/** Receives the parts of an XML text in order. Each handler returns what is wrong there. */
export interface XmlHandlers {
  readonly onOpen: (element: XmlElement) => XmlProblem | undefined;
  readonly onText: (text: string) => XmlProblem | undefined;
  readonly onClose: () => XmlProblem | undefined;
}

/**
 * Parses the XML text of a report in pieces. A byte order mark is skipped. Only the five entities of XML
 * itself are known, so nothing can expand.
 */
export class XmlStream {
  readonly #parser = new SaxesParser();
  #isEmpty = true;
  #depth = 0;
  #problem: ReportParseError | undefined;

  /** @param handlers if missing, it only checks whether the text is complete and well-formed */
  constructor(handlers?: XmlHandlers) {
    // The parser's own message may quote the text.
    this.#parser.on("error", () => {
      this.#refuse("is not well-formed XML, or the report was cut off there");
    });
    this.#parser.on("doctype", () => {
      this.#refuse("has a document type declaration, which is not allowed");
    });
    this.#parser.on("opentag", (element) => {
      this.#depth += 1;
      this.#refuse(this.#depth > MAX_REPORT_DEPTH ? TOO_DEEP : handlers?.onOpen(element));
    });
    this.#parser.on("closetag", () => {
      this.#depth -= 1;
      this.#refuse(handlers?.onClose());
    });
    // The parser buffers texts only if there is a handler for them.
    if (handlers === undefined) return;
    const readText = (text: string): void => {
      this.#refuse(handlers.onText(text));
    };
    this.#parser.on("text", readText);
    this.#parser.on("cdata", readText);
  }

  /** Parses the next piece. `end` returns any problem. */
  write(piece: string): void {
    this.#isEmpty &&= piece.trim() === "";
    if (this.#problem === undefined) this.#attempt(() => this.#parser.write(piece));
  }

  /**
   * Returns what is wrong; undefined if nothing is. `REPORT_EMPTY` for an empty text; `REPORT_UNREADABLE` if it is not well-formed,
   * was cut off, has a document type declaration, is nested too deeply, or a handler says so; `REPORT_TOO_LARGE` if a handler
   * says so.
   */
  end(): ReportParseError | undefined {
    if (this.#isEmpty) return new ReportParseError("REPORT_EMPTY", ROOT_PATH, "is empty", "XML");
    if (this.#problem === undefined) this.#attempt(() => this.#parser.close());
    return this.#problem;
  }

  #refuse(problem: XmlProblem | undefined): void {
    if (problem === undefined) return;
    const position = `line ${this.#parser.line}, column ${this.#parser.column}`;
    throw typeof problem === "string"
      ? new ReportParseError("REPORT_UNREADABLE", position, problem, "XML")
      : new ReportParseError("REPORT_TOO_LARGE", position, problem.tooLarge, "XML");
  }

  #attempt(read: () => unknown): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ReportParseError)) throw error;
      this.#problem = error;
    }
  }
}
