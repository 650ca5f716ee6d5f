import { lastingText } from "../../../findings/fingerprint";

test.each<[string, string, string]>([
  ["a payload, with all that follows", 'Found a hole with payload "\'><i" and more', "Found a hole with"],
  ["a payload after a colon", "Weak. Payload: <i>1</i>", "Weak."],
  ["quoted code", 'Seems weak for \'<i onclick="x">\' and "a=b".', "Seems weak for and ."],
  ["a UUID", "Seen as 01234567-89ab-cdef-0123-456789abcdef here", "Seen as here"],
  ["long hex", "The nonce deadbeefdeadbeef00 came back", "The nonce came back"],
  ["a long number", "At 1700000000123 it came back", "At it came back"],
  ["a random word", "The word w3k9x0q2z7m4p1a8 came back", "The word came back"],
  ["scheme, host and query", "On https://me:pw@shop.example:8443/a/b?q=1#c, it", "On /a/b it"],
  ["the address of a root", "On https://shop.example.", "On /"],
  ["the query of a path", "Backup file /a.bak?x=1 found (/b?y=2)", "Backup file /a.bak found (/b"],
  ["the punctuation after an address", "(https://shop.example/a). On https://shop.example/b, it", "(/a On /b it"],
  ["blanks and lines", "  a \r\n\t b  ", "a b"],
  ["a text that is all payload", "Payload: <i>1</i>", ""],
  ["a random word of five changes", "The word 1x1x1xxxxxxxxxxx came back", "The word came back"],
  ["an address without a path", "On https://shop.example it", "On / it"],
  ["an address of a query alone", "On https://?q=1 it", "On / it"],
  ["an address without encryption", "On http://shop.example/a?b=1 and ws://shop.example/c it", "On /a and /c it"],
  ["the query of a path that begins the text", "/a.bak?x=1 found", "/a.bak found"],
])("cuts %s", (_what, information, rest) => {
  expect(lastingText(information)).toBe(rest);
});

test.each([
  "The cookie with the name SID does not have this flag.",
  "The cookie with the name payload does not have this flag.",
  "HttpOnly flag is not set in the cookie: TS01b8d3e4_28",
  "HttpOnly flag is not set in the cookie : payload-a",
  "HttpOnly flag is not set in the cookie : payload",
  "HttpOnly flag is not set in the cookie: payload",
  'The parameter "payload" is sent',
  "The words feedfacedeadbeef and x1x1xxxxxxxxxxxx",
  "The certificate has no X509v3SubjectAlternativeName",
  "The X-Content-Type-Options header is not set",
  "Runs doord in version 1.2.3-rc.4 of 2020",
  "The server is Node.js/20.18.1 (Apache/2.4.7)",
  'Port "80/tcp" is open for "Microsoft-IIS/8.5 (Windows)"',
  "Cipher TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, DHE-RSA-AES256-SHA256, 1024 bit",
  'Found a hole in parameter "user[id]"',
  "It doesn't and won't do",
  "The servers' a=b and the clients' c",
])("keeps all of: %s", (information) => {
  expect(lastingText(information)).toBe(information);
});

test.each<[string, string, string]>([
  ["shop.example", "On site shop.example/a. It is", "On site /a. It is"],
  ["shop.example", "On site shop.example. It is", "On site . It is"],
  ["127.0.0.1:8080", "On 127.0.0.1:8080/a", "On /a"],
  ["shop", "On site shop/a of the shop", "On site /a of the shop"],
  ["shop.example", "On myshop.example and shop.example.org", "On myshop.example and shop.example.org"],
  [`${"h".repeat(300)}.x`, `On ${"h".repeat(300)}.x`, `On ${"h".repeat(300)}.x`],
  ["shop", "On the shop at a/b", "On the shop at a/b"],
  ["shop.example", "On shop.example and shop.example/a", "On and /a"],
  ["shop.example", "On shop.exampleshop.example/a", "On shop.example/a"],
  [`${"h".repeat(258)}.x`, `On ${"h".repeat(258)}.x/a`, "On /a"],
  [`${"h".repeat(259)}.x`, `On ${"h".repeat(259)}.x/a`, `On ${"h".repeat(259)}.x/a`],
])("cuts the host %s where it stands by itself: %s", (host, information, rest) => {
  expect(lastingText(information, host)).toBe(rest);
});
