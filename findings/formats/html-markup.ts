/** What can stand in markup: texts are escaped, markup stays what it is, lists follow each other, undefined is nothing. */
export type HtmlContent = string | number | Markup | undefined | readonly HtmlContent[];

/** Markup of a document. The class stays in here: only `markup` makes it, so that no text becomes markup by mistake. */
export type Markup = HtmlMarkup;

class HtmlMarkup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** A value in a tag, but not between double quotes: escaping would not hold it there. */
const BARE_VALUE = /<(?:[a-z!/](?:[^>"\0]|"[^"]*")*)?\0/i;
const checked = new WeakSet<TemplateStringsArray>();

/**
 * A tagged template whose values are escaped, for elements as well as for attributes in double quotes.
 * @throws TypeError if a value stands in a tag outside of double quotes.
 */
export function markup(literals: TemplateStringsArray, ...values: readonly HtmlContent[]): Markup {
  if (!checked.has(literals)) {
    if (BARE_VALUE.test(literals.join("\0"))) throw new TypeError("Put double quotes around a value in a tag.");
    checked.add(literals);
  }
  return new HtmlMarkup(literals.map((literal, index) => literal + markupOf(values[index])).join(""));
}

function markupOf(content: HtmlContent): string {
  if (content instanceof HtmlMarkup) return content.toString();
  if (typeof content === "object") return content.map(markupOf).join("");
  return escaped(String(content ?? ""));
}

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
