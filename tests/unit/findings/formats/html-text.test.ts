import { parseFindings } from "../../../../findings";
import { clipped, nameOf, whereOf } from "../../../../findings/formats/html-markup";
import { presentFindings } from "../../../../findings/formats/presented-finding";
import { wireFinding, wireReport, type Wire } from "../../../fixtures/report";

test.each([
  ["abc", 3, "abc"],
  ["abcdef", 3, "ab… (4 more characters)"],
  ["ab😀cd", 4, "ab… (4 more characters)"],
  ["ab😀cd", 5, "ab😀… (2 more characters)"],
  ["", 0, ""],
])("%j cut at %d is %j", (text, most, cut) => {
  expect(clipped(text, most)).toBe(cut);
});

test("a name has no credentials, no terminal escapes, and an end", () => {
  expect(nameOf("https://anna:pass@shop.example \u001B[31m")).toBe("https://[masked]@shop.example \uFFFD[31m");
  expect(nameOf("n".repeat(400))).toBe(`${"n".repeat(299)}… (101 more characters)`);
});

test.each<[Wire, string | undefined]>([
  [{}, undefined],
  [{ method: "GET" }, "GET"],
  [{ url: "https://a.example/b?c" }, "https://a.example/b?c"],
  [{ url: "a.example/b" }, "a.example/b"],
  [{ method: "post", url: "/b", parameter: "c" }, "POST /b parameter\u00A0c"],
  [{ parameter: "<c>" }, "parameter\u00A0&lt;c&gt;"],
])("the place %j is shown as %j", (request, shown) => {
  const [finding] = presentFindings(parseFindings(wireReport({ xss: [wireFinding({ details: { request } })] })));

  const text = finding === undefined ? "" : whereOf(finding, 100)?.toString();

  expect(text?.replace(/<[^>]*>/g, "").trim()).toBe(shown);
});
