import { fingerprintOf, parseFindings, type FindingLocation } from "../../../findings";
import { wireFinding, wireReport, type Wire } from "../../fixtures/report";

function locationOf(fields: Wire): FindingLocation | undefined {
  return parseFindings(wireReport({ xss: [wireFinding(fields)] })).findings[0]?.where;
}

const page = { url: "https://shop.example/a/b", host: "shop.example", path: "/a/b" };

test.each<[string, FindingLocation]>([
  [
    'Found a hole in parameter "q" with method "post" for URL "https://shop.example/a/b", with payload "x"',
    { ...page, method: "POST", parameter: "q" },
  ],
  [
    'Found a hole for method "get" with parameter "q" on "https://shop.example/a/b" with payload "x"',
    { ...page, method: "GET", parameter: "q" },
  ],
  [
    'Found a hole with method "get" for parameter "q" on "https://shop.example/a/b" with payload "x"',
    { ...page, method: "GET", parameter: "q" },
  ],
  [
    "Found a hole for parameter q (GET) on https://shop.example/a/b with payload q=1' OR 1=1",
    { ...page, method: "GET", parameter: "q" },
  ],
  [
    "Found a hole on site shop.example/a/b. The parameter 'q' seems weak for '<i>'",
    { host: "shop.example", path: "/a/b", parameter: "q" },
  ],
  ["Found sqlinjection for parameter q (GET) on https://shop.example/a/b", { ...page, method: "GET", parameter: "q" }],
  [
    "Found possible XSS vulnerability on site shop.example/a/b. The GET parameter 'q' seems vulnerable for payload '<i>'",
    { host: "shop.example", path: "/a/b", method: "GET", parameter: "q" },
  ],
  [
    "Found possible XSS vulnerability in the referer on site 'shop.example/a/b' with payload '<i>'",
    { host: "shop.example", path: "/a/b", parameter: "referer" },
  ],
  [
    "Found command injection in GET parameter 'q' for URL 'https://shop.example/a/b', with payload '; echo'",
    { ...page, method: "GET", parameter: "q" },
  ],
  ["GET /a/b, parameter q", { path: "/a/b", method: "GET", parameter: "q" }],
  ["POST /a/b", { path: "/a/b", method: "POST" }],
  ["GET https://shop.example/a/b, parameter q", { ...page, method: "GET", parameter: "q" }],
  ["Retrieved https://shop.example/a/b by using a GET request on the URL", { ...page, method: "GET" }],
  ["The X-Some-Thing header is not set for URL https://shop.example/a/b.", page],
  ["The cookie with the name SID does not have this flag. This was found on URL https://shop.example/a/b.", page],
])("reads the place out of: %s", (information, where) => {
  expect(locationOf({ information })).toEqual(where);
});

test.each([
  'Found open port "80/tcp" with service name "httpd"',
  "TLS 1.0 is offered by the server.",
  "TLS /a/b, parameter q",
  "GET /a/b, parameter q, and more",
  "Found a hole in the page 'x' on site 'shop.example/a/b' with payload 'y'",
  "See https://docs.example/page for more.",
  'Found a hole with payload "for parameter q (GET) on https://evil.example/"',
  "",
])("reads no place where the text names none: %s", (information) => {
  expect(locationOf({ information })).toEqual({});
});

test("takes no place out of a payload", () => {
  const payload = `with method "get" for parameter "evil" on "https://evil.example/"`;
  const information = `Found a hole in parameter "q" with method "post" for URL "https://shop.example/a/b", with payload "${payload}"`;

  expect(locationOf({ information })).toEqual({ ...page, method: "POST", parameter: "q" });
});

test.each([
  "Found command injection with payload 'in GET parameter 'q' for URL 'https://evil.example/a''",
  "Found possible XSS vulnerability with payload ' in the referer on site 'evil.example/a' '",
])("takes no place out of a payload in single quotes: %s", (information) => {
  expect(locationOf({ information })).toEqual({});
});

test.each([
  "Found sqlinjection for parameter q (GET) on https://HOST/a/",
  "Found possible XSS vulnerability on site HOST/a/. The parameter 'q' seems vulnerable for payload '<i>'",
  "Found possible XSS vulnerability on site HOST/a/. The GET parameter 'q' seems vulnerable for payload '<i>'",
  "Found possible XSS vulnerability in the referer on site 'HOST/a/' with payload '<i>'",
  "Found command injection in GET parameter 'q' for URL 'https://HOST/a/', with payload '; echo'",
  "Retrieved https://HOST/a/ by using a GET request on the URL without prior knowledge.",
])("host and port are no part of the fingerprint: %s", (sentence) => {
  const fingerprintOn = (host: string): string[] =>
    parseFindings(wireReport({ xss: [wireFinding({ information: sentence.replace("HOST", host) })] })).findings.map(
      fingerprintOf,
    );

  expect(fingerprintOn("staging:8443")).toEqual(fingerprintOn("shop.example"));
});

test("prefers what the scanner gives of the request, and mixes nothing into it", () => {
  const information = "Found a hole for parameter q (GET) on https://shop.example/a/b with payload x";
  const request = { method: "put", url: "http://127.0.0.1:8801/c?x=1#y", payload: "<script>" };

  expect(locationOf({ information, details: { request } })).toEqual({
    url: "http://127.0.0.1:8801/c?x=1#y",
    host: "127.0.0.1:8801",
    path: "/c",
    method: "PUT",
  });
});

test.each<[string, FindingLocation]>([
  ["https://shop.example", { url: "https://shop.example", host: "shop.example", path: "/" }],
  ["https://shop.example/a/../b", { url: "https://shop.example/a/../b", host: "shop.example", path: "/a/../b" }],
  ["https://me:pw@[::1]:8080?q=/x", { url: "https://me:pw@[::1]:8080?q=/x", host: "[::1]:8080", path: "/" }],
  ["/only/a/path?q=1", { path: "/only/a/path" }],
  ["javascript:alert(1) //", {}],
])("takes the address %s apart as it is written", (url, where) => {
  expect(locationOf({ information: "", details: { request: { url } } })).toEqual(where);
});

test.each<[string, unknown]>([
  ["a request of the wrong type", { request: "GET /" }],
  ["details of the wrong type", "GET /"],
  ["fields of the wrong type", { request: { method: 1, url: {}, parameter: ["q"] } }],
  ["empty fields", { request: { method: "", url: "", parameter: null } }],
])("turns to the text for %s", (_case, details) => {
  const information = "Retrieved https://shop.example/a/b by using a GET request on the URL";

  expect(locationOf({ information, details })).toEqual({ ...page, method: "GET" });
});
