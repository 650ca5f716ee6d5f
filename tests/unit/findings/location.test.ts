import { parseFindings, type FindingLocation } from "../../../findings";
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
  ["Retrieved https://shop.example/a/b by using a GET request on the URL", { ...page, method: "GET" }],
  ["The X-Some-Thing header is not set for URL https://shop.example/a/b.", page],
  ["The cookie with the name SID does not have this flag. This was found on URL https://shop.example/a/b.", page],
])("reads the place out of: %s", (information, where) => {
  expect(locationOf({ information })).toEqual(where);
});

test.each([
  'Found open port "80/tcp" with service name "httpd"',
  "TLS 1.0 is offered by the server.",
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
