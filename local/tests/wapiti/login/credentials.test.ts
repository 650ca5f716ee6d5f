import { Credentials, MASKED } from "../../../src/scanners/wapiti/login/credentials";

const LOGIN = {
  basic: { username: "anna", password: "hush" },
  forms: [],
  headers: [{ name: "X-Key", value: "key-1" }],
  cookies: [{ name: "given", value: "g-1" }],
};

test("credentials take the place of the scanner's own", () => {
  const credentials = new Credentials(LOGIN);
  credentials.take(["Set-Cookie", "sid=s-1; HttpOnly"], 0);

  expect(
    credentials.applyTo([
      "Host",
      "a",
      "x-key",
      "attack",
      "authorization",
      "none",
      "Cookie",
      `lang=en; sid=${MASKED}; given=b`,
    ]),
  ).toEqual([
    "Host",
    "a",
    "X-Key",
    "key-1",
    "Authorization",
    "Basic YW5uYTpodXNo",
    "Cookie",
    "lang=en; sid=s-1; given=g-1",
  ]);
});

test("a header Authorization that was given stays as it is", () => {
  const credentials = new Credentials({
    ...LOGIN,
    headers: [{ name: "authorization", value: "Bearer abcd" }],
    cookies: [],
  });

  expect(credentials.applyTo([])).toEqual(["authorization", "Bearer abcd"]);
  expect([...credentials.secrets]).toEqual(["Bearer abcd", "abcd", "hush", "YW5uYTpodXNo"]);
});

test.each([
  ["sid=new; Path=/", "given=g-1; sid=new"],
  ["sid=; Max-Age=0", "given=g-1"],
  ["sid=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "given=g-1"],
  ["other=1", "given=g-1; sid=s-1"],
  ["given=2", "given=g-1; sid=s-1"],
])("%s in an answer to the scanner leaves the cookies %s", (header, expected) => {
  const credentials = new Credentials({ ...LOGIN, basic: { username: "", password: "" } });
  credentials.take(["Set-Cookie", "sid=s-1"], 0);
  credentials.renewFrom(["set-cookie", header], 1000);

  const cookie = String(credentials.applyTo([]).at(-1));
  expect(cookie.split("; ").sort()).toEqual(expected.split("; ").sort());
});

test("the scanner sees flags of the session's cookies, and values only of others", () => {
  const credentials = new Credentials(LOGIN);
  credentials.take(["Set-Cookie", "sid=s-1"], 0);

  expect(credentials.masked(["Set-Cookie", "sid=s-2; Secure", "Set-Cookie", "lang=en", "X-A", "b"])).toEqual([
    ...["Set-Cookie", `sid=${MASKED}; Secure`, "Set-Cookie", "lang=en", "X-A", "b"],
  ]);
});
