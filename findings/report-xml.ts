import { SaxesParser } from "saxes";
import { ROOT_PATH } from "./json-path";
import { ReportParseError } from "./report-error";
import { MAX_REPORT_DEPTH } from "./report-json";
import { MAX_ATTRIBUTE_NAMES, MAX_PART_LENGTH } from "./report-limits";

/** An element as it is opened. */
export interface XmlElement {
  readonly name: string;
  /** Without a prototype, so that no name is anything but what the text says. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is wrong at a place, as the end of a sentence. */
export type XmlProblem = string | { readonly tooLarge: string };

/** What is told of an XML text, in its order. What a handler returns is what is wrong there. */
export interface XmlHandlers {
  readonly onOpen: (element: XmlElement) => XmlProblem | undefined;
  readonly onText: (text: string) => XmlProblem | undefined;
  readonly onClose: () => XmlProblem | undefined;
}

/**
 * Reads the XML text of a report piece by piece, element by element. A byte order mark is skipped. There are no entities but
 * the five of XML itself, so nothing can grow on reading.
 */
export class XmlReading {
  readonly #parser = new SaxesParser();
  /** The blanks before all else; undefined once something else was met. */
  #blanks: string | undefined = "";
  #depth = 0;
  readonly #attributeNames = new Set<string>();
  /** How much of the text was handed to the parser, and where in it the last tag or text ended, in characters. */
  #length = 0;
  #partStart = 0;
  #problem: ReportParseError | undefined;

  /** @param isLimited whether a report beyond a limit (`report-limits`) is refused */
  constructor(
    { onOpen, onText, onClose }: XmlHandlers,
    private readonly isLimited = true,
  ) {
    // The parser's own message may quote the text, so it does not go on.
    this.#parser.on("error", () => {
      this.#refuse("is where it stops being well-formed XML, or where it was cut off");
    });
    this.#parser.on("doctype", () => {
      this.#refuse("has a document type declaration, which no report has");
    });
    this.#parser.on("attribute", ({ name }) => {
      if (this.isLimited) this.#attributeNames.add(name);
      this.#refuse(this.#attributeNames.size > MAX_ATTRIBUTE_NAMES ? MANY_ATTRIBUTES : undefined);
    });
    this.#parser.on("opentag", (element) => {
      this.#depth += 1;
      this.#endPart();
      this.#refuse(this.#depth > MAX_REPORT_DEPTH ? TOO_DEEP : onOpen(element));
    });
    const readText = (text: string): void => {
      this.#endPart();
      this.#refuse(onText(text));
    };
    this.#parser.on("text", readText);
    this.#parser.on("cdata", readText);
    this.#parser.on("closetag", () => {
      this.#depth -= 1;
      this.#endPart();
      this.#refuse(onClose());
    });
  }

  /** Reads on, up to what is wrong. That is said at the end. */
  write(piece: string): void {
    if (this.#problem !== undefined) return;
    if (this.#blanks === undefined) this.#read(piece);
    else if (piece.trim() === "") this.#blanks += piece;
    else {
      const text = this.#blanks + piece;
      this.#blanks = undefined;
      this.#read(text);
    }
  }

  /** @throws ReportParseError as `readReportXml` */
  end(): void {
    if (this.#blanks !== undefined) throw new ReportParseError("REPORT_EMPTY", ROOT_PATH, "has no content", "XML");
    if (this.#problem === undefined) this.#attempt(() => this.#parser.close());
    if (this.#problem !== undefined) throw this.#problem;
  }

  #read(text: string): void {
    this.#attempt(() => {
      this.#length += text.length;
      this.#parser.write(text);
      this.#refuse(this.#partProblem(this.#length));
    });
  }

  #endPart(): void {
    const { position } = this.#parser;
    this.#refuse(this.#partProblem(position));
    this.#partStart = position;
  }

  #partProblem(position: number): XmlProblem | undefined {
    return this.isLimited && position - this.#partStart > MAX_PART_LENGTH ? LONG_PART : undefined;
  }

  #refuse(problem: XmlProblem | undefined): void {
    if (problem !== undefined) throw this.#problemHere(problem);
  }

  #problemHere(problem: XmlProblem): ReportParseError {
    const place = `line ${this.#parser.line}, column ${this.#parser.column}`;
    return typeof problem === "string"
      ? new ReportParseError("REPORT_UNREADABLE", place, problem, "XML")
      : new ReportParseError("REPORT_TOO_LARGE", place, problem.tooLarge, "XML");
  }

  #attempt(read: () => unknown): void {
    try {
      read();
    } catch (error) {
      // A regular expression has run out of stack, on a text of millions of characters.
      const problem =
        error instanceof RangeError ? this.#problemHere("ends a text that is too long to be read") : error;
      if (!(problem instanceof ReportParseError)) throw problem;
      this.#problem = problem;
    }
  }
}

const MANY_ATTRIBUTES = { tooLarge: `is where it has more than ${MAX_ATTRIBUTE_NAMES} names of attributes` };
const LONG_PART = { tooLarge: `ends a part of more than ${MAX_PART_LENGTH} characters` };
const TOO_DEEP = `is nested more than ${MAX_REPORT_DEPTH} levels deep`;

/**
 * Reads the XML text of a report, however long, as `XmlReading` does.
 * @throws ReportParseError `REPORT_EMPTY` if there is no text; `REPORT_UNREADABLE` if it is not well-formed, was cut off, has
 * a document type declaration, is nested too deep, or a handler says what is wrong; `REPORT_TOO_LARGE` if a
 * handler says so.
 */
export function readReportXml(xml: string, handlers: XmlHandlers): void {
  const reading = new XmlReading(handlers, false);
  reading.write(xml);
  reading.end();
}
