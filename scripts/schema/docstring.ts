import ts from "typescript";

/** What a docstring says. */
export interface Docstring {
  /** Without line breaks inside a paragraph or an item of a list; empty if there is none. */
  text: string;
  /** The text of `@default`; undefined without one. */
  default: string | undefined;
  isInternal: boolean;
}

/** Reads the docstring of a symbol. */
export function docstringOf(symbol: ts.Symbol, checker: ts.TypeChecker): Docstring {
  const tags = symbol.getJsDocTags(checker);
  const byDefault = tags.find(({ name }) => name === "default");
  return {
    text: unwrapped(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
    default: byDefault && unwrapped(ts.displayPartsToString(byDefault.text)),
    isInternal: tags.some(({ name }) => name === "internal"),
  };
}

/** Joins the lines of each paragraph and of each item of a list. Other languages have no `undefined`. */
export const unwrapped = (text: string): string =>
  text
    .trim()
    .replace(/([^\n])\n(?!\n|\s*- )\s*/g, "$1 ")
    .replace(/\bundefined\b/g, "absent")
    .replace(/\bUndefined\b/g, "Absent");

/** Returns the text with its default at the end. */
export function withDefault({ text, default: byDefault }: Pick<Docstring, "text" | "default">): string {
  if (byDefault === undefined) return text;
  const words = /^(\[\]|\{\})$/.test(byDefault) ? "none" : byDefault;
  return `${text}${text.includes("\n\n") ? "\n\n" : " "}Default: ${words}.`;
}

/** Returns the value that `@default` names, if it is a text, number or truth value; undefined for words about it. */
export function defaultValue(byDefault: string | undefined): string | number | boolean | undefined {
  if (byDefault === undefined || !/^("[^"]*"|[\d.]+|true|false)$/.test(byDefault)) return undefined;
  return JSON.parse(byDefault) as string | number | boolean;
}
