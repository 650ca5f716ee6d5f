import fc from "fast-check";
import { markdownCode, markdownLink, markdownText } from "../../../../findings/formats/markdown-finding";

const BREAK = "&#8203;";

test.each<[text: string, markdown: string]>([
  ["plain, text; with (brackets) 100% = fine! a-b a.b", "plain, text; with (brackets) 100% = fine! a-b a.b"],
  ["<b>&amp;</b>", "&#60;b&#62;&#38;&#8203;amp;&#60;/b&#62;"],
  ["**a** _b_ `c` ~~d~~", "&#42;&#42;a&#42;&#42; &#95;b&#95; &#96;c&#96; &#126;&#126;&#8203;d&#126;&#126;"],
  ["[a](b) ![c](d) [^1]", "&#91;a&#93;(b) !&#91;c&#93;(d) &#91;^1&#93;"],
  ["a | b \\ c $d$", "a &#124; b &#92; c &#36;&#8203;d&#36;"],
  ["a\r\nb\n\n  c\t ", "a b c"],
  // What would begin a block of its own.
  ["# a", "&#35; a"],
  ["#1", `&#35;${BREAK}1`],
  ["- a", "&#45; a"],
  ["--- a", "&#45;-- a"],
  ["+ a", "&#43; a"],
  ["* a", "&#42; a"],
  ["> a", "&#62; a"],
  ["=== a", "&#61;== a"],
  ["1. a", "&#49;. a"],
  ["123) a", "12&#51;) a"],
  ["1 a", "1 a"],
  ["    a", "a"],
  // What a service would make something of.
  ["@everyone a@b.example", `@${BREAK}everyone a@${BREAK}b.example`],
  [
    "a#1 a/b#2 GH-3 !4 %5 ~a &6",
    `a#${BREAK}1 a/b#${BREAK}2 GH${BREAK}-3 !${BREAK}4 %${BREAK}5 &#126;${BREAK}a &#38;${BREAK}6`,
  ],
  ["https://a.example http:\\b www.c.example", `https:${BREAK}//a.example http:&#92;b www${BREAK}.c.example`],
  [":tada:", `:${BREAK}tada:`],
  ["16c999e8c71134401a78d4d46435517b2271d6ac", `16c9${BREAK}99e8c71134401a78d4d46435517b2271d6ac`],
  ["&#8203;", "&#38;#&#8203;8203;"],
])("%j reads as it is, in Markdown %j", (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

/** The text that a reader shows: references are resolved, and the marks that break a mention cannot be seen. */
const shown = (markdown: string): string =>
  markdown.replaceAll(BREAK, "").replace(/&#(\d+);/g, (_reference, code: string) => String.fromCharCode(Number(code)));

test("any text is shown as it is, in one line, and no markup is left in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const markdown = markdownText(text.replaceAll("\u200B", ""));

      expect(shown(markdown)).toBe(text.replaceAll("\u200B", "").replace(/\s+/g, " ").trim());
      expect(markdown.replace(/&#\d+;/g, "")).not.toMatch(/[&<>\\`*_~[\]|$\r\n]|[@#](?=[\w-])|:\/\/|www\./);
      expect(markdown).not.toMatch(/^(?:[#=+-]|\d{1,9}[.)])/);
    }),
    { numRuns: 1000 },
  );
});

test.each<[text: string, code: string]>([
  ["GET /a?b=1 | @c #1 <b> &amp; \\", "`GET /a?b=1 | @c #1 <b> &amp; \\`"],
  ["a`b", "``a`b``"],
  ["`a`", "`` `a` ``"],
  ["a``b`c", "```a``b`c```"],
  [" a ", "`  a  `"],
  [" a", "` a`"],
  ["a\nb\tc", "`a b c`"],
  ["", ""],
  ["a```````````b", "`````a````b`````"],
  ["0123456789", "`0123456…`"],
])("%j as code is %j", (text, code) => {
  expect(markdownCode(text, text === "0123456789" ? 8 : 100)).toBe(code);
});

test("code ends where its text ends, and nowhere before", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("`", "a", " ", "\n", "\\", "|") }), (text) => {
      const code = markdownCode(text, 50);
      const fence = /^`*/.exec(code)?.[0] ?? "";
      const inside = code.slice(fence.length, code.length - fence.length);

      expect(code === "" || code.endsWith(fence)).toBe(true);
      // A fence ends at the next run of as many backticks; a longer run is none.
      for (const run of inside.match(/`+/g) ?? []) expect(run).not.toHaveLength(fence.length);
      expect(inside).not.toMatch(/^`|`$|\n/);
      expect(fence.length).toBeLessThanOrEqual(5);
    }),
  );
});

test.each<[address: string, link: string]>([
  ["https://a.example/b_(c)", "[Read &#42; (a.example)](<https://a.example/b_(c)>)"],
  ["https://a.example/?b=1&copy;=2", "[Read &#42; (a.example)](<https://a.example/?b=1&amp;copy;=2>)"],
  ["https://[::1]/", `[Read &#42; (&#91;::${BREAK}1&#93;)](<https://[::1]/>)`],
])("a link to %j tells its host", (address, link) => {
  expect(markdownLink("Read *", address)).toBe(link);
});
