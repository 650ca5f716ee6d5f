import { SaxesParser } from "saxes";

export interface ReadElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text in it, that of its descendants included. */
  text: string;
}

/** All elements of a document, in their order. Strict: a tag that is not closed, or a quote too many, is an error. */
export function readElements(document: string): ReadElement[] {
  const elements: ReadElement[] = [];
  const open: ReadElement[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes, text: "" };
    elements.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    for (const element of open) element.text += text;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(document).close();
  return elements;
}

export const named = (elements: readonly ReadElement[], name: string): ReadElement[] =>
  elements.filter((element) => element.name === name);
