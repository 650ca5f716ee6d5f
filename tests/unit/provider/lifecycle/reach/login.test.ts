import { parseLogin } from "../../../../../provider/lifecycle/reach/login";

const basic = { username: "ann", password: "pass-1" };
const form = { url: "https://shop.example/login", username: "ann", password: "pass-2" };
const header = { name: "Authorization", value: "Bearer abc" };
const cookie = { name: "session", value: 'a,b "c"' };
const check = { url: "https://shop.example/account", contains: "Log out" };

test.each<[string, object, object]>([
  ["basic", { basic }, { basic }],
  ["one form", { form }, { form: [form] }],
  ["several forms", { form: [form, form] }, { form: [form, form] }],
  ["headers", { headers: [header] }, { headers: [header] }],
  ["cookies", { cookies: [cookie] }, { cookies: [cookie] }],
  [
    "all of them",
    { basic, form, headers: [header], cookies: [cookie], check },
    { basic, form: [form], headers: [header], cookies: [cookie], check },
  ],
  ["absent parts", { basic, form: undefined, headers: null }, { basic }],
])("%s", (_what, given, login) => {
  expect(parseLogin(given, "login")).toEqual({ login, failures: [] });
});

const OBJECT = "must be an object of basic, form, headers, cookies, check";
const KIND = "must have basic, form, headers or cookies";
const LIST = "must be a list with at least one entry";
const TEXT = "must be a text of 1 to 10000 characters";
const ADDRESS = "must be an address such as https://shop.example.com";
const LINE = "must not contain line breaks or control characters";
const RESERVED = "must not be any of host, content-length, transfer-encoding, connection, te, expect";
const HEADER_VALUE = "must not contain line breaks, control characters, or characters outside of Latin-1";
const COOKIE_VALUE = "must be printable ASCII without a semicolon or line break";

test.each<[unknown, string, string]>([
  ["s3cr3t", "login", OBJECT],
  [["s3cr3t"], "login", OBJECT],
  [{}, "login", KIND],
  [{ check }, "login", KIND],
  [{ basic, s3cr3t: 1 }, "login", "must have no other properties than basic, form, headers, cookies, check"],
  [{ basic: "s3cr3t" }, "login.basic", "must be an object of username, password"],
  [{ basic: { username: "ann" } }, "login.basic.password", TEXT],
  [{ basic: { username: "ann", password: "" } }, "login.basic.password", TEXT],
  [{ basic: { username: "s3cr3t:", password: "p" } }, "login.basic.username", "must not contain a colon"],
  [{ basic: { username: "ann", password: "s3cr3t\n" } }, "login.basic.password", LINE],
  [{ form: [] }, "login.form", LIST],
  [{ form: Array.from({ length: 11 }, () => form) }, "login.form", "must have at most 10 forms"],
  [{ form: [{ ...form, url: "s3cr3t" }] }, "login.form[0].url", ADDRESS],
  [{ form: { ...form, url: "ftp://s3cr3t.example" } }, "login.form.url", ADDRESS],
  [
    { form: { ...form, url: "https://ann:s3cr3t@shop.example" } },
    "login.form.url",
    "must not contain a user name or password",
  ],
  [{ form: [form, { ...form, password: 7 }] }, "login.form[1].password", TEXT],
  [{ headers: { Authorization: "s3cr3t" } }, "login.headers", LIST],
  [{ headers: [{ name: "Cookie", value: "s3cr3t" }] }, "login.headers[0].name", "must not be cookie: use cookies"],
  [
    { headers: [{ name: "x s3cr3t", value: "1" }] },
    "login.headers[0].name",
    "must consist of letters, digits and any of !#$%&'*+.^_`|~-",
  ],
  [{ headers: [header, { name: "Host", value: "s3cr3t" }] }, "login.headers[1].name", RESERVED],
  [{ headers: [{ name: "x", value: "s3cr3t\r\ny: 1" }] }, "login.headers[0].value", HEADER_VALUE],
  [{ headers: [{ name: "x", value: "s3cr3t\u0100" }] }, "login.headers[0].value", HEADER_VALUE],
  [{ headers: [{ name: "x", value: "x".repeat(10_001) }] }, "login.headers[0].value", TEXT],
  [
    { cookies: [{ name: "a=b", value: "s3cr3t" }] },
    "login.cookies[0].name",
    "must consist of letters, digits and any of !#$%&'*+.^_`|~-",
  ],
  [{ cookies: [{ name: "a", value: "s3cr3t; b" }] }, "login.cookies[0].value", COOKIE_VALUE],
  [{ cookies: [{ name: "a", value: "s3cr3t\n" }] }, "login.cookies[0].value", COOKIE_VALUE],
  [
    { headers: Array.from({ length: 60 }, () => header), cookies: Array.from({ length: 41 }, () => cookie) },
    "login",
    "must have at most 100 headers and cookies",
  ],
  [{ basic, check: { url: "s3cr3t", contains: "x" } }, "login.check.url", ADDRESS],
  [{ basic, check: { url: check.url } }, "login.check.contains", TEXT],
])("%j is refused at %s", (given, property, reason) => {
  const parsed = parseLogin(given, "login");

  expect(parsed.failures).toEqual([{ property, reason }]);
  expect(JSON.stringify(parsed.failures)).not.toContain("s3cr3t");
});

test("all failures are told at once", () => {
  const { failures } = parseLogin({ basic: {}, form: [{ url: 1 }] }, "login");

  expect(failures.map(({ property }) => property)).toEqual([
    "login.basic.username",
    "login.basic.password",
    "login.form[0].url",
    "login.form[0].username",
    "login.form[0].password",
  ]);
});
