import fc from "fast-check";
import { SaxesParser } from "saxes";
import { xmlDocument, xmlElement } from "../../../../findings/formats/junit-failure";

/** Name, attributes and text of the elements of a document, by a strict parser that this project did not write. */
function read(xml: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => elements.push({ name, attributes: { ...attributes }, text: "" }));
  parser.on("text", (text) => {
    const last = elements.at(-1);
    if (last !== undefined && text.trim() !== "") last.text += text;
  });
  parser.write(xml).close();
  return elements;
}

test("elements stand on lines of their own, a text on that of its element", () => {
  const inner = [xmlElement("b", { c: 1 }, "d"), xmlElement("e", {})];

  expect(xmlDocument(xmlElement("a", { f: "g" }, inner))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<a f="g">\n<b c="1">d</b>\n<e/>\n</a>\n',
  );
});

test.each([
  ..."a&b &amp; &lt;b&gt; &nbsp; &#0; &#x1B; &; & ]]> <!-- <![CDATA[x]]> <?x?> \"quoted\" 'quoted'".split(" "),
  ...["\u{1F6AA}", "{{a}}", "@a", "#b", "!c", "</a>"],
])("%j is read as it was, as text and as attribute", (text) => {
  expect(read(xmlElement("a", { b: text }, text))).toEqual([{ name: "a", attributes: { b: text }, text }]);
});

test.each(["\0", "\u001B", "\uFFFE", "\uFFFF", "\uD800", "\uDC00"])(
  "what XML cannot hold is replaced: %j",
  (character) => {
    expect(read(xmlElement("a", { b: `1${character}2` }, `1${character}2`))).toEqual([
      { name: "a", attributes: { b: "1\uFFFD2" }, text: "1\uFFFD2" },
    ]);
  },
);

test("any text makes a well-formed element", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(read(xmlElement("a", { b: text }, [xmlElement("c", {}, text)]))).toHaveLength(2);
    }),
  );
});
