import { createHash } from "node:crypto";
import { parseFindings } from "../../../../findings";
import { toHtml } from "../../../../findings/formats/html";
import { plainLines } from "../../../../errors/plain-text";
import { wireFinding, wireReport } from "../../../fixtures/report";
import { HOSTILE, HOSTILE_CONTEXT, HOSTILE_TEXTS } from "./html-hostile";
import { named, readElements } from "./html-reader";

const document = toHtml(HOSTILE, HOSTILE_CONTEXT);
const elements = readElements(document);

test("the policy lets in nothing but the one style, by its hash", () => {
  const [style, ...others] = named(elements, "style");
  const hash = createHash("sha256")
    .update(style?.text ?? "")
    .digest("base64");
  const policies = named(elements, "meta").filter(
    ({ attributes }) => attributes["http-equiv"] === "Content-Security-Policy",
  );

  expect(others).toEqual([]);
  expect(policies.map(({ attributes }) => attributes["content"])).toEqual([
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  ]);
  expect(style?.text).not.toMatch(/url\(|@import|expression/);
});

test("a hostile report makes no other element or attribute than a harmless one", () => {
  const forms = new Set(
    elements.flatMap(({ name, attributes }) => [name, ...Object.keys(attributes).map((key) => `${name} ${key}`)]),
  );

  expect([...forms].sort()).toEqual(
    [
      ...["a", "a class", "a href", "a rel", "article", "article aria-labelledby", "article id", "body", "code"],
      ...["code class", "dd", "details", "div", "dl", "dt", "footer", "h1", "h2", "h2 id", "h3", "h4", "h4 id"],
      ...["head", "header", "html", "html lang", "li", "li class", "main", "meta", "meta charset", "meta content"],
      ...["meta http-equiv", "meta name", "p", "p class", "pre", "rect", "rect class", "rect height", "rect width"],
      ...["rect x", "rect y", "section", "section aria-labelledby", "section class", "span", "span class", "strong"],
      ...["style", "summary", "svg", "svg aria-hidden", "svg class", "svg preserveAspectRatio", "svg viewBox"],
      ...["table", "table role", "tbody", "tbody role", "td", "td role", "th", "th role", "th scope", "thead"],
      ...["thead role", "title", "tr", "tr role", "ul", "ul class"],
    ].sort(),
  );
  expect(named(elements, "h1").map(({ text }) => text)).toEqual(["Security findings"]);
});

test("links lead to places in the document, or to pages of http and https, without telling whence", () => {
  const links = named(elements, "a").map(({ attributes }) => attributes);
  const outside = links.filter(({ href }) => href?.startsWith("#") !== true);

  expect(outside.map(({ href }) => href?.split(":")[0])).toEqual(outside.map(() => "https"));
  expect(outside.length).toBe(16);
  expect(new Set(outside.map(({ rel }) => rel))).toEqual(new Set(["noreferrer noopener"]));
  expect(named(elements, "meta").map(({ attributes }) => attributes)).toContainEqual({
    name: "referrer",
    content: "no-referrer",
  });
});

test("nothing but links refers to an address", () => {
  const referring = elements.flatMap(({ name, attributes }) =>
    Object.entries(attributes).flatMap(([key, value]) => (/\/\/|https?:|data:/i.test(value) ? [`${name} ${key}`] : [])),
  );

  expect(new Set(referring)).toEqual(new Set(["a href"]));
});

test.each(HOSTILE_TEXTS)("%j is there to be read, as text", (text) => {
  const [body] = named(elements, "body");

  expect(body?.text).toContain(plainLines(text));
});

test("nothing steers a terminal or turns the reading direction", () => {
  expect(document).not.toMatch(/[\p{Cs}\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
  expect(document).not.toContain("<{%");
});

test("cookies, authorization and users in addresses are nowhere in it", () => {
  const secrets = ["let-me-in", "of-anna", "for-anna", "anna:pass"];
  const finding = wireFinding({
    information: "Seen with Authorization: Bearer for-anna-only.",
    details: {
      request: {
        ...{ method: "GET", url: "https://anna:pass@shop.example/", body: "Cookie: session=let-me-in" },
        headers: { Cookie: "session=let-me-in", authorization: "Basic of-anna", Accept: "text/html" },
      },
    },
  });

  const text = toHtml(parseFindings(wireReport({ xss: [finding] })));

  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  expect(text).toContain("Cookie: [masked]");
  expect(text).toContain("Accept: text/html");
});
