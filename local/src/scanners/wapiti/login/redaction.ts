/** Shorter values would also hide words and numbers that are no secret. */
const MIN_SECRET_LENGTH = 4;
const HIDDEN = "[hidden]";

/** Returns the forms in which a value may show: as it is, in an address, a form, HTML or JSON. */
function formsOf(secret: string): string[] {
  const html = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  const form = new URLSearchParams([["", secret]]).toString().slice(1);
  // Not encodeURIComponent of the value itself, which throws if half of a character is missing.
  const address = encodeURIComponent(Buffer.from(secret).toString());
  const quoted = html.replaceAll("'", "&#39;");
  return [
    ...[secret, address, form, html, quoted, JSON.stringify(secret).slice(1, -1)],
    address.replaceAll("'", "%27"),
  ];
}

/** Hides secrets in texts. */
export interface Redactor {
  text(text: string): string;
  /** Hides them in all texts of a value that JSON can hold. */
  all<Value>(value: Value): Value;
}

/** Creates a redactor for secrets of at least 4 characters; ones that are added to the set later count too. */
export function createRedactor(secrets: ReadonlySet<string>): Redactor {
  let forms: string[] = [];
  let knownSize = 0;
  const text = (unsafe: string): string => {
    if (secrets.size !== knownSize) {
      knownSize = secrets.size;
      const all = new Set([...secrets].filter(({ length }) => length >= MIN_SECRET_LENGTH).flatMap(formsOf));
      // The longest first: one may be part of another.
      forms = [...all].sort((one, other) => other.length - one.length);
    }
    return forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN), unsafe);
  };
  return {
    text,
    all: <Value>(value: Value) =>
      JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
        typeof part === "string" ? text(part) : part,
      ) as Value,
  };
}
