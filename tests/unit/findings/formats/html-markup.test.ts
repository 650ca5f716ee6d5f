import { markup } from "../../../../findings/formats/html-markup";

test.each([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
  ["&lt;", "&amp;lt;"],
  ["</p><script>", "&lt;/p&gt;&lt;script&gt;"],
  ["<<&&''", "&lt;&lt;&amp;&amp;&#39;&#39;"],
  ["$& $1 `${x}`", "$&amp; $1 `${x}`"],
])("the text %j becomes %j, in elements and in attributes", (text, escaped) => {
  expect(markup`<p title="${text}">${text}</p>`.toString()).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test("markup stays markup, lists follow each other, undefined is nothing", () => {
  const items = ["<a>", undefined, 0].map((item) => markup`<li>${item}</li>`);

  expect(markup`<ul>${items}${undefined}</ul>`.toString()).toBe("<ul><li>&lt;a&gt;</li><li></li><li>0</li></ul>");
});

test.each([
  ["without quotes", () => markup`<a href=${"x onclick=y"}>`],
  ["in single quotes", () => markup`<a href='${"x"}'>`],
  ["as the name of an attribute", () => markup`<a ${"onclick"}="x">`],
  ["after an attribute", () => markup`<a class="x" ${"onclick=y"}>`],
  ["after a filled attribute", () => markup`<a class="${"x"}"${"onclick=y"}>`],
  ["as the name of an element", () => markup`<${"script"}>`],
])("a value in a tag %s is refused", (_where, fill) => {
  expect(fill).toThrow(new TypeError("A value in a tag must be in double quotes."));
});

test("values in double quotes and in text are taken, whatever stands around them", () => {
  const make = (): string => markup`<a class="${"x"} y" id="a-${1}">1 < 2, "${"b"}"</a>`.toString();

  expect(make()).toBe('<a class="x y" id="a-1">1 < 2, "b"</a>');
  expect(make()).toBe(make());
});
