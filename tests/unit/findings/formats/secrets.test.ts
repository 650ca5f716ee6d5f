import { toJunit } from "../../../../findings/formats/junit";
import { toMarkdown } from "../../../../findings/formats/markdown";
import { toSarif } from "../../../../findings/formats/sarif";
import { wireCve, wireDescription, wireFinding, type Wire } from "../../../fixtures/report";
import { reportOf } from "./reports";

const SECRET = "s3cr3tV4lue";
const COOKIE = `first=1; session=${SECRET}`;

/** A request as text, with both headers, in the middle. */
const HTTP = [
  "POST /login HTTP/1.1",
  "Host: shop.example",
  `Cookie: ${COOKIE}`,
  `AUTHORIZATION: Bearer ${SECRET}`,
  "Accept: */*",
  "",
  "id=1",
].join("\r\n");
const CURL = `curl -H 'Cookie: ${COOKIE}' -H "Authorization: Basic ${SECRET}" -b '${COOKIE}' --cookie "${COOKIE}" https://shop.example/`;

const asRequest = (request: unknown): Wire => ({ details: { request } });

const SHAPES: Readonly<Record<string, Wire>> = {
  "an object of headers": asRequest({ headers: { Cookie: COOKIE, Authorization: SECRET } }),
  "an object of headers in mixed case": asRequest({ headers: { cOOkie: COOKIE, "PROXY-authorization": SECRET } }),
  "an object of lists": asRequest({ headers: { Cookie: ["first=1", SECRET], authorization: [SECRET] } }),
  "a list of names and values": asRequest({ headers: [{ name: "Cookie", value: COOKIE }] }),
  "a list of values and names": asRequest({ headers: [{ value: COOKIE, name: "Cookie" }] }),
  "a list of pairs": asRequest({ headers: [["cookie", COOKIE]] }),
  "a flat list": asRequest({ headers: ["Host", "shop.example", "Cookie", COOKIE] }),
  "a list of lines": asRequest({ headers: ["Host: shop.example", `Cookie: ${COOKIE}`] }),
  "cookies of their own": asRequest({
    cookies: [{ name: "session", value: SECRET }],
    auth: { user: "a", pass: SECRET },
  }),
  "raw HTTP": asRequest(HTTP),
  "raw HTTP in a field": asRequest({ raw: HTTP }),
  "raw HTTP with folded lines": asRequest(
    `GET / HTTP/1.1\r\nCookie: first=1;\r\n session=${SECRET}\r\n\t${SECRET}\r\nA: b`,
  ),
  "a command line": asRequest(CURL),
  "a command line in a field": asRequest({ curl: CURL, method: "GET" }),
  "JSON as a text": asRequest(JSON.stringify({ headers: { Cookie: COOKIE } })),
  "an address with a user": asRequest({ method: "GET", url: `https://me:${SECRET}@shop.example/a` }),
  "an address with a token": asRequest({ method: "GET", url: `https://shop.example/a?access_token=${SECRET}` }),
  "a parameter that is a header": asRequest({
    method: "GET",
    url: "https://shop.example/",
    parameter: `Cookie: ${COOKIE}`,
  }),
  "information with HTTP": { information: HTTP },
  "information with a command line": { information: CURL },
  "information with JSON": { information: `Sent ${JSON.stringify({ Cookie: COOKIE, authorization: SECRET })}` },
  "information with escaped JSON": { information: JSON.stringify(JSON.stringify({ Cookie: COOKIE })) },
  "information with escaped HTTP": { information: JSON.stringify(HTTP) },
  "information without a slug": { information: `Cookie: ${COOKIE}`, finding_description_slug: null },
  "a slug": { finding_description_slug: `Cookie: ${COOKIE}` },
  "a CVE": { cve_findings: [wireCve({ cve_id: `Cookie: ${COOKIE}`, information: HTTP })] },
};

const FORMATS = {
  SARIF: (report) => JSON.stringify(toSarif(report)),
  JUnit: (report) => toJunit(report),
  Markdown: (report) => toMarkdown(report),
} satisfies Record<string, (report: ReturnType<typeof reportOf>) => string>;

const cases = Object.entries(FORMATS).flatMap(([format, derive]) =>
  Object.entries(SHAPES).map(([shape, fields]) => [format, shape, derive, fields] as const),
);

test.each(cases)("%s holds no secret of %s", (_format, _shape, derive, fields) => {
  const text = derive(
    reportOf([wireFinding(fields)], [wireDescription(), wireDescription({ slug: `Cookie: ${COOKIE}` })]),
  );

  expect(text).toContain("XSS".toLowerCase());
  expect(text).not.toContain(SECRET);
});

test.each(Object.entries(FORMATS))("%s keeps what only speaks of a cookie", (_format, derive) => {
  const information = "The cookie with the name PHPSESSID does not have the flag secure set.";

  expect(derive(reportOf([wireFinding({ information })]))).toContain(information);
});

test("the rest of a masked request stays, in the formats that show requests", () => {
  const report = reportOf([wireFinding({ details: { request: HTTP } })]);

  for (const text of [toJunit(report), JSON.stringify(toSarif(report))]) {
    for (const part of ["POST /login HTTP/1.1", "Host: shop.example", "Cookie: [masked]", "Accept: */*", "id=1"])
      expect(text).toContain(part);
  }
});
