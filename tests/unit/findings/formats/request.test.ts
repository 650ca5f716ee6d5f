import { requestOf } from "../../../../findings/formats/request";
import { reportOf } from "./reports";
import { wireFinding } from "../../../fixtures/report";

const SECRET = "s3cr3tV4lue";

function linesOf(request: unknown): string | undefined {
  const [finding] = reportOf([wireFinding({ details: { request } })]).findings;
  return finding === undefined ? undefined : requestOf(finding);
}

test.each<[request: unknown, lines: string | undefined]>([
  [undefined, undefined],
  [null, undefined],
  [{}, undefined],
  [[], undefined],
  ["", undefined],
  [" \r\n", undefined],
  [{ has_findings: false }, undefined],
  [{ has_findings: true, method: "GET", url: "https://a.example/b" }, "method: GET\nurl: https://a.example/b"],
  ["GET / HTTP/1.1\r\nHost: a.example", "GET / HTTP/1.1\r\nHost: a.example"],
  [{ timeout: 3, secure: true, body: null }, "timeout: 3\nsecure: true"],
  [{ headers: { Host: "a", Cookie: SECRET } }, "Host: a\nCookie: [masked]"],
  [{ headers: { cOOkIE: [SECRET, SECRET], Host: ["a", "b"] } }, "cOOkIE: [masked]\nHost: a\nHost: b"],
  [{ headers: { Cookie: { sid: SECRET } } }, "Cookie: [masked]"],
  [{ cookies: { sid: SECRET }, auth: ["me", SECRET] }, "cookies: [masked]\nauth: [masked]"],
  [
    {
      headers: [
        { name: "Host", value: "a" },
        { name: "cookie", value: SECRET },
      ],
    },
    "Host: a\ncookie: [masked]",
  ],
  [{ headers: [{ value: SECRET, name: "Cookie", comment: SECRET }] }, "Cookie: [masked]"],
  [{ headers: [{ key: "Authorization", val: SECRET }] }, "Authorization: [masked]"],
  [{ headers: [{ header: "Host", to: "a" }] }, "header: Host\nto: a"],
  [
    {
      headers: [
        ["Host", "a"],
        ["Cookie", SECRET],
      ],
    },
    "headers: Host\nheaders: a\nheaders: Cookie\nCookie: [masked]",
  ],
  [
    { rawHeaders: ["Cookie", SECRET, "Host", "a"] },
    "rawHeaders: Cookie\nCookie: [masked]\nrawHeaders: Host\nrawHeaders: a",
  ],
  [[{ name: "Cookie", value: SECRET }], "Cookie: [masked]"],
  [`{"headers":{"Cookie":"${SECRET}"},"method":"GET"}`, "Cookie: [masked]\nmethod: GET"],
  [{ raw: `  [["Cookie","${SECRET}"]]` }, "raw: Cookie\nCookie: [masked]"],
  [{ body: "{broken" }, "body: {broken"],
  [{ body: "[1]" }, "body: 1"],
])("the request %j reads %j", (request, lines) => {
  expect(linesOf(request)).toBe(lines);
});

test("JSON in a text that is nested beyond all reason is not shown", () => {
  expect(linesOf({ body: `${"[".repeat(100_000)}"${SECRET}"${"]".repeat(100_000)}` })).toBe("body: [masked]");
});

test("a request under names that objects inherit is a request like any other", () => {
  const request: unknown = JSON.parse(`{"__proto__":{"Cookie":"${SECRET}"},"constructor":"a"}`);

  expect(linesOf(request)).toBe("Cookie: [masked]\nconstructor: a");
});
