import { fragment } from "xmlbuilder2";

/** What XML 1.0 cannot hold at all, not even escaped, becomes the sign for an unreadable character. */
const OPTIONS = { invalidCharReplacement: "\uFFFD" };

/** xmlbuilder2 leaves what looks like a reference as it is (`&lt;`, `&#0;`), which reads as another text, or as no XML. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;");

/**
 * An element as XML, with a text or with elements, each on a line of its own. Elements are made one by one, since a document
 * of many thousands would need gigabytes.
 */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly string[] = [],
): string {
  const values = Object.entries(attributes).map(([key, value]) => [key, escaped(String(value))] as const);
  const element = fragment(OPTIONS).ele(name, Object.fromEntries(values));
  if (typeof content === "string") return element.txt(escaped(content)).toString();
  if (content.length === 0) return element.toString();
  const closing = `</${name}>`;
  const opening = element.toString({ allowEmptyTags: true }).slice(0, -closing.length);
  return [opening, ...content, closing].join("\n");
}

export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
