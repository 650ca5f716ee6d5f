import fc from "fast-check";
import { isSecretName, masked } from "../../../../findings/formats/masking";

const SECRET = "s3cr3tV4lue";

const json = (value: unknown): string => JSON.stringify(value);

test.each<[text: string, masked: string]>([
  // Headers, to the end of their lines
  ["Cookie: a=1; b=s3cr3tV4lue\r\nHost: shop", "Cookie: [masked]\r\nHost: shop"],
  ['Cookie: a="s3cr3tV4lue"; b=s3cr3tV4lue\nHost: shop', "Cookie: [masked]\nHost: shop"],
  ["cOOKIE:s3cr3tV4lue\rHost: shop", "cOOKIE:[masked]\rHost: shop"],
  ["Cookie : s3cr3tV4lue", "Cookie : [masked]"],
  ["Cookie: a=1;\r\n b=s3cr3tV4lue;\r\n\tc=s3cr3tV4lue\r\nHost: shop", "Cookie: [masked]\r\nHost: shop"],
  ["Set-Cookie: a=s3cr3tV4lue; path=/", "Set-Cookie: [masked]"],
  ["Set-Cookie2: s3cr3tV4lue", "Set-Cookie2: [masked]"],
  ["Authorization: Bearer s3cr3tV4lue", "Authorization: [masked]"],
  ['Proxy-Authorization: Digest username="me", response="s3cr3tV4lue"', "Proxy-Authorization: [masked]"],
  ["X-Api-Key: s3cr3tV4lue\nX-CSRF-Token: s3cr3tV4lue\n", "X-Api-Key: [masked]\nX-CSRF-Token: [masked]\n"],
  // Command lines
  [
    'curl "https://shop/login" -H "Cookie: a=1; b=s3cr3tV4lue" --data "user=me&password=s3cr3tV4lue&csrf_token=s3cr3tV4lue"',
    'curl "https://shop/login" -H "Cookie: [masked]" --data "user=me&password=[masked]&csrf_token=[masked]"',
  ],
  ["curl -H 'Authorization: Bearer s3cr3tV4lue' -d '{}' x", "curl -H 'Authorization: [masked]' -d '{}' x"],
  [`curl -H 'Cookie: a="s3cr3tV4lue"' https://shop`, "curl -H 'Cookie: [masked]' https://shop"],
  [`curl -H "Cookie: a=\\"s3cr3tV4lue\\"" https://shop`, 'curl -H "Cookie: [masked]" https://shop'],
  ["curl -H Cookie:\\ a=s3cr3tV4lue", "curl -H Cookie:[masked]"],
  [`curl -d '{"password":"s3cr3tV4lue"}' https://shop`, `curl -d '{"password":"[masked]"}' https://shop`],
  ["curl -b a=s3cr3tV4lue https://shop", "curl -b [masked] https://shop"],
  ["curl -sSb 'a=1; b=s3cr3tV4lue' https://shop", "curl -sSb [masked] https://shop"],
  [`curl -b "a=1; b=\\"s3cr3tV4lue\\"" https://shop`, "curl -b [masked] https://shop"],
  ["curl -b 'a=1; b=s3cr3tV4lue", "curl -b [masked]"],
  ["curl --cookie 'a=s3cr3tV4lue' https://shop", "curl --cookie [masked] https://shop"],
  ["sqlmap --cookie='a=1; b=s3cr3tV4lue' -u https://shop", "sqlmap --cookie=[masked] -u https://shop"],
  ["curl -u me:s3cr3tV4lue --proxy-user me:s3cr3tV4lue x", "curl -u [masked] --proxy-user [masked] x"],
  ["curl --oauth2-bearer s3cr3tV4lue x", "curl --oauth2-bearer [masked] x"],
  // JSON, once and several times in quotes
  [json({ Cookie: "a=s3cr3tV4lue", Host: "shop" }), '{"Cookie":"[masked]","Host":"shop"}'],
  [json({ cookies: "a=s3cr3tV4lue" }), '{"cookies":"[masked]"}'],
  [json({ user: { password: SECRET, id: 1 } }), '{"user":{"password":"[masked]","id":1}}'],
  [json({ Cookie: 'a="s3cr3tV4lue"', Host: "shop" }), '{"Cookie":"[masked]","Host":"shop"}'],
  [json(json({ Cookie: 'a="s3cr3tV4lue"', Host: 1 })), json('{"Cookie":"[masked]","Host":1}')],
  [json(json(json({ Cookie: "s3cr3tV4lue", Host: 1 }))), json(json('{"Cookie":"[masked]","Host":1}'))],
  [json("GET /\r\nCookie: s3cr3tV4lue\r\nHost: shop"), json("GET /\r\nCookie: [masked]\r\nHost: shop")],
  [json("Host: shop\nCookie: s3cr3tV4lue\n\nbody=1"), json("Host: shop\nCookie: [masked]\n\nbody=1")],
  [json('curl -b "a=1; s3cr3tV4lue" x'), json("curl -b [masked] x")],
  [json([{ name: "Cookie", value: SECRET }]), '[{"name":"Cookie","value":"[masked]"}]'],
  [json({ Cookie: ["a=1", "b=s3cr3tV4lue"], a: 1 }), '{"Cookie":[masked],"a":1}'],
  [json({ cookies: { sid: SECRET }, a: 1 }), '{"cookies":[masked],"a":1}'],
  ['{"token": 123, "a": 1}', '{"token": [masked], "a": 1}'],
  ["{'Cookie': 'a=s3cr3tV4lue', 'Host': 'shop'}", "{'Cookie': '[masked]', 'Host': 'shop'}"],
  ['{"Cookie" => "s3cr3tV4lue"}', '{"Cookie" => "[masked]"}'],
  ['<input name="x" password="s3cr3tV4lue"/>', '<input name="x" password="[masked]"/>'],
  // Parameters
  ["/a?id=1&access_token=s3cr3tV4lue&b=2", "/a?id=1&access_token=[masked]&b=2"],
  ["/a?token=s3cr3tV4lue#b", "/a?token=[masked]"],
  ["/a;jsessionid=s3cr3tV4lue?b=2", "/a;jsessionid=[masked]"],
  ["id=1&api_key=s3cr3tV4lue", "id=1&api_key=[masked]"],
  // Without a name
  ["sent bearer s3cr3tV4lue to", "sent bearer [masked] to"],
  ["sent Basic bWU6czNjcjN0VjRsdWU= to", "sent Basic [masked] to"],
  ['sent Digest username="me", response="s3cr3tV4lue"', "sent Digest [masked]"],
  ["the token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmVk here", "the token [masked] here"],
  ["https://me:s3cr3tV4lue@shop.example/a", "https://[masked]@shop.example/a"],
  ["https://me:p@s3cr3tV4lue@shop.example/a", "https://[masked]@shop.example/a"],
  [json("x").replace("x", "https:\\/\\/me:s3cr3tV4lue@shop"), '"https:\\/\\/[masked]@shop"'],
])("%j becomes %j", (text, expected) => {
  expect(masked(text)).toBe(expected);
  // Masking again changes nothing: a report may have been masked before.
  expect(masked(expected)).toBe(expected);
});

test.each([
  "The cookie with the name PHPSESSID does not have the flag secure set.",
  "The Cookie header, the Authorization header and the Set-Cookie header.",
  'Found XSS in parameter "cookie" with method "get" for URL "https://shop.example/a", with payload "1"',
  "<script>alert(document.cookie)</script>",
  "Basic authentication and digest authentication, basic information, bearer tokens.",
  "when generating an HTTP Digest authentication challenge",
  "Cookies that are not marked as secure can be transferred via an unencrypted connection.",
  "ssl-cookie-httponly",
  "Write to security@shop.example about https://shop.example/a@b.",
  "ls -b -u /tmp",
  "-b a -u b",
  "sqlmap -u https://shop.example/a?id=1",
  "The token is in the address, and the password is sent in clear text.",
  "",
])("%j stays as it is", (text) => {
  expect(masked(text)).toBe(text);
});

test.each([
  ...["Cookie", "cookie", "SET-COOKIE", "Cookie2", "cookies", "cookie_jar", "Authorization", "Proxy-Authorization"],
  ...["X-Api-Key", "apikey", "apiKey", "X-Auth-Token", "access_token", "csrf-token", "basicAuth", "auth"],
  ...["password", "user_password", "userPassword", " Cookie: ", "sessionId", "PHPSESSID", "credentials"],
])("%j names a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  ...["Host", "User-Agent", "Content-Type", "X-Forwarded-For", "author", "Referer", "method", "url", "parameter"],
  ...["WWW-Authenticate", "Cookieless", "", "keyboard", "a".repeat(1000), "Cookie".repeat(100)],
])("%j names no secret", (name) => {
  expect(isSecretName(name)).toBe(false);
});

const pieces = fc.constantFrom(
  ...["Cookie", "Authorization", "X-Api-Key", "access_token", "PHPSESSID", "name", "value", "curl", "Bearer", "Basic"],
  ...["Digest", ": ", ":", "=", " => ", '"', "'", "\\", "\\n", "\\r\\n", "\r\n", "\n", " ", "\t", ",", "[", "]", "{"],
  ...["}", "<", ">", "-b ", "--cookie=", "://", "@", "/", "?", "&", "&quot;", "%0a", "%22", "a=1", "eyJhbGc.eyJz.c2l"],
);
const texts = fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 12 }).map((parts) => parts.join(""));

test("a cookie goes, whatever stands before its header", () => {
  fc.assert(
    fc.property(texts, fc.constantFrom("\n", "\r\n", " ", '"', "'", '\\"', "\\n"), (before, between) => {
      expect(masked(`${before}${between}Cookie: a=${SECRET}`)).not.toContain(SECRET);
    }),
    { numRuns: 2000 },
  );
});

// Where a pattern goes back again and again, one of them takes minutes. The limit is for a machine that is busy.
test.each(["", '"Cookie: a', "Cookie: a", 'curl -b "', '"token":[', "Basic "])(
  "256 KiB that begin with %j take milliseconds, whatever goes on",
  (start) => {
    const startedAt = performance.now();
    for (const unit of ['"', "'\\", "-eyJa-", "cookie: \n ", '"token": ', "\\nCookie:", "://a@", "Basic ", "a-", " "]) {
      masked(start + unit.repeat(2 ** 18 / unit.length));
    }

    expect(performance.now() - startedAt).toBeLessThan(10_000);
  },
);

// At such lengths a regular expression may end in a RangeError, so the rest is left out.
test.each([
  ["curl -b ", "a"],
  ['curl -b "', "\\a"],
  ["Basic ", "aA"],
  ["eyJ", "a"],
])("a text of 16 MiB that begins with %j and goes on with %j is no problem", (start, unit) => {
  const text = start + unit.repeat(2 ** 24 / unit.length);

  expect(masked(text).length).toBeLessThanOrEqual(2 ** 19);
});
