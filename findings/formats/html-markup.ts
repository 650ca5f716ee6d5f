import { truncated } from "../../errors/plain-text";
import { type PresentedFinding, placeOf, presentName } from "./presented-finding";

/** A value in markup: texts are escaped, markup is kept, lists are joined, undefined is empty. */
export type HtmlContent = string | number | Markup | undefined | readonly HtmlContent[];

/** Markup of a document. Its class is private to this file, so that no text becomes markup by mistake. */
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

/** A value in a tag that is not in double quotes, where escaping is not enough. */
const BARE_VALUE = /<(?:[a-z!/](?:[^>"\0]|"[^"]*")*)?\0/i;

/**
 * Escapes the values of a tagged template, for elements and for attributes in double quotes.
 * @throws TypeError if a value in a tag is not in double quotes
 */
export function markup(literals: TemplateStringsArray, ...values: readonly HtmlContent[]): Markup {
  if (BARE_VALUE.test(literals.join("\0"))) throw new TypeError("A value in a tag must be in double quotes.");
  return new HtmlMarkup(literals.map((literal, index) => literal + markupOf(values[index])).join(""));
}

/** Returns a style element. Its text is not escaped: use it for this package's own files only. */
export const styleElement = (css: string): Markup => new HtmlMarkup(`<style>${css}</style>`);

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

/** Limits of texts by their place, so that no scanned site can inflate the file. */
export const MOST_CHARACTERS = { text: 20_000, title: 300, place: 1000, cell: 160 };

/** Cuts a text to `most` characters, and says how many are omitted. */
export function clipped(text: string, most: number): string {
  const start = truncated(text, most);
  return start === text ? text : `${start} (${text.length - start.length + 1} more characters)`;
}

/** Returns a name that is not part of a finding, such as that of a scanner that did not run. */
export const nameOf = (text: string): string => clipped(presentName(text), MOST_CHARACTERS.title);

/** Where a finding was made, in one line; undefined if unknown. Never a link, as it would lead to the scanned site. */
export function whereOf(finding: PresentedFinding, most: number): Markup | undefined {
  const { parameter } = finding.where;
  const place = placeOf(finding);
  if (place === "" && parameter === undefined) return undefined;
  const code = (text: string): Markup => markup`<code>${truncated(text, most)}</code> `;
  const named =
    parameter === undefined ? undefined : markup`<span class="muted">parameter</span>\u00A0${code(parameter)}`;
  return markup`${place === "" ? undefined : code(place)}${named}`;
}
