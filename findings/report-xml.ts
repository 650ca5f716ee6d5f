import { SaxesParser } from "saxes";
import { ROOT_PATH } from "./json-path";
import { ReportParseError } from "./report-error";
import { MAX_REPORT_DEPTH } from "./report-json";

/** An element as it is opened. */
export interface XmlElement {
  readonly name: string;
  /** Without a prototype, so that no name is anything but what the text says. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is told of an XML text, in its order. What a handler returns is what is wrong there, as the end of a sentence. */
export interface XmlHandlers {
  readonly onOpen: (element: XmlElement) => string | undefined;
  readonly onText: (text: string) => void;
  readonly onClose: () => string | undefined;
}

/**
 * Reads the XML text of a report, element by element. A byte order mark is skipped. There are no entities but the five of
 * XML itself, so nothing can grow on reading.
 * @throws ReportParseError `REPORT_EMPTY` if there is no text; `REPORT_UNREADABLE` if it is not well-formed, was cut off, has
 * a document type declaration, is nested too deep, or a handler says what is wrong.
 */
export function readReportXml(xml: string, { onOpen, onText, onClose }: XmlHandlers): void {
  if (xml.replace(/^\uFEFF/, "").trim() === "") {
    throw new ReportParseError("REPORT_EMPTY", ROOT_PATH, "has no content", "XML");
  }
  const parser = new SaxesParser();
  const refuse = (problem: string | undefined): void => {
    if (problem === undefined) return;
    const place = `line ${parser.line}, column ${parser.column}`;
    throw new ReportParseError("REPORT_UNREADABLE", place, problem, "XML");
  };
  let depth = 0;
  // The parser's own message may quote the text, so it does not go on.
  parser.on("error", () => {
    refuse("is where it stops being well-formed XML, or where it was cut off");
  });
  parser.on("doctype", () => {
    refuse("has a document type declaration, which no report has");
  });
  parser.on("opentag", (element) => {
    depth += 1;
    refuse(depth > MAX_REPORT_DEPTH ? `is nested more than ${MAX_REPORT_DEPTH} levels deep` : onOpen(element));
  });
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("closetag", () => {
    depth -= 1;
    refuse(onClose());
  });
  parser.write(xml).close();
}
