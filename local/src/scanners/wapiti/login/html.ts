/** A start tag of a page, with its attributes by lower-case name. */
export interface Tag {
  name: string;
  attributes: ReadonlyMap<string, string>;
}

/** Comments, and elements whose content is text; then a start or end tag. Each part is read in linear time, whatever the page. */
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|textarea|title|template|noscript)\b(?:[^<>"']|"[^"]*"|'[^']*')*>[\s\S]*?(?:<\/\1\s*>|$)|<(\/?[a-z][^\s/<>]*)((?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const NAMED_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...([
    ["amp", "&"],
    ["lt", "<"],
    ["gt", ">"],
    ["quot", '"'],
    ["apos", "'"],
    ["nbsp", "\u00a0"],
  ] as const),
]);

/** Resolves the references in an attribute's value: numbers, and the names that templates escape with. */
function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED_CHARACTERS.get(name) ?? whole;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, unescaped(double ?? single ?? bare ?? ""));
  }
  return attributes;
}

/** Returns the tags of a page in order, end tags with a slash before their name; what scripts and comments hold is none. */
export function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  for (const [, , name, attributes = ""] of html.matchAll(TOKEN)) {
    if (name !== undefined) tags.push({ name: name.toLowerCase(), attributes: attributesOf(attributes) });
  }
  return tags;
}
