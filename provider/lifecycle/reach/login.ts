import { InvalidInput, parseTargetUrl } from "../../../service/input-parsers";
import type { FormLogin, Login, LoginCheck, NamedValue, UserCredentials } from "../../../service/login";
import type { CheckFailure, Values } from "../lifecycle";

const MAX_FORMS = 10;
const MAX_HEADERS_AND_COOKIES = 100;
const LONGEST_TEXT = 10_000;
const PARTS = ["basic", "form", "headers", "cookies", "check"];

/** A valid login, or what is wrong with it. No failure repeats a name or a value. */
export type ParsedLogin = { login: Login; failures: readonly [] } | { failures: readonly CheckFailure[] };

/**
 * Parses a login.
 *
 * @param value without unknown values
 * @param property the name of the input, with which the failures' paths begin
 */
export function parseLogin(value: unknown, property: string): ParsedLogin {
  const reader = new LoginReader();
  const parts = reader.object(value, property, PARTS);
  if (parts === undefined) return reader;
  const login: Login = {};
  const { basic, form, headers, cookies, check } = parts;
  if (isSet(basic)) login.basic = reader.basic(basic, `${property}.basic`);
  if (isSet(form)) login.form = reader.forms(form, `${property}.form`);
  if (isSet(headers)) login.headers = reader.named(headers, `${property}.headers`, HEADER);
  if (isSet(cookies)) login.cookies = reader.named(cookies, `${property}.cookies`, COOKIE);
  if (isSet(check)) login.check = reader.check(check, `${property}.check`);
  if (![basic, form, headers, cookies].some(isSet)) reader.fail(property, "must have basic, form, headers or cookies");
  if ((login.headers?.length ?? 0) + (login.cookies?.length ?? 0) > MAX_HEADERS_AND_COOKIES) {
    reader.fail(property, `must have at most ${MAX_HEADERS_AND_COOKIES} headers and cookies`);
  }
  return reader.failures.length > 0 ? reader : { login, failures: [] };
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** What names and values must be. */
interface NamedForm {
  nameProblem: (name: string) => string | undefined;
  value: RegExp;
  valueProblem: string;
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const NOT_A_TOKEN = "must consist of letters, digits and any of !#$%&'*+.^_`|~-";
/** They describe the message itself, which is not the login's to say. */
const RESERVED_HEADERS = new Set(["host", "content-length", "transfer-encoding", "connection", "te", "expect"]);

const HEADER: NamedForm = {
  nameProblem(name) {
    if (name.toLowerCase() === "cookie") return "must not be cookie: use cookies";
    if (RESERVED_HEADERS.has(name.toLowerCase())) return `must not be any of ${[...RESERVED_HEADERS].join(", ")}`;
    return TOKEN.test(name) ? undefined : NOT_A_TOKEN;
  },
  value: /^[\t\x20-\x7e\x80-\xff]*$/,
  valueProblem: "must not contain line breaks, control characters, or characters outside of Latin-1",
};

const COOKIE: NamedForm = {
  nameProblem: (name) => (TOKEN.test(name) ? undefined : NOT_A_TOKEN),
  value: /^[\x20-\x3a\x3c-\x7e]*$/,
  valueProblem: "must be printable ASCII without a semicolon or line break",
};

const CONTROL_CHARACTER = /\p{Cc}/u;

/** Reads the parts of a login and collects what is wrong, each with its path. After a failure its results are not used. */
class LoginReader {
  readonly failures: CheckFailure[] = [];

  fail(property: string, reason: string): void {
    this.failures.push({ property, reason });
  }

  object(value: unknown, path: string, names: readonly string[]): Values | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.fail(path, `must be an object of ${names.join(", ")}`);
      return undefined;
    }
    if (Object.keys(value).some((name) => !names.includes(name))) {
      this.fail(path, `must have no other properties than ${names.join(", ")}`);
    }
    return value as Values;
  }

  basic(value: unknown, path: string): UserCredentials {
    const credentials = this.#credentials(this.object(value, path, ["username", "password"]), path);
    if (credentials.username.includes(":")) this.fail(`${path}.username`, "must not contain a colon");
    return credentials;
  }

  forms(value: unknown, path: string): FormLogin[] {
    const given = Array.isArray(value) ? this.#list(value, path) : [value];
    if (given.length > MAX_FORMS) this.fail(path, `must have at most ${MAX_FORMS} forms`);
    return given.map((form, index) => {
      const where = Array.isArray(value) ? `${path}[${index}]` : path;
      const parts = this.object(form, where, ["url", "username", "password"]);
      return { url: this.#address(parts, where), ...this.#credentials(parts, where) };
    });
  }

  named(value: unknown, path: string, form: NamedForm): NamedValue[] {
    return this.#list(value, path).map((item, index) => {
      const where = `${path}[${index}]`;
      const parts = this.object(item, where, ["name", "value"]);
      const name = this.#text(parts, where, "name");
      const text = this.#text(parts, where, "value");
      const nameProblem = name === "" ? undefined : form.nameProblem(name);
      if (nameProblem !== undefined) this.fail(`${where}.name`, nameProblem);
      if (!form.value.test(text)) this.fail(`${where}.value`, form.valueProblem);
      return { name, value: text };
    });
  }

  check(value: unknown, path: string): LoginCheck {
    const parts = this.object(value, path, ["url", "contains"]);
    return { url: this.#address(parts, path), contains: this.#text(parts, path, "contains") };
  }

  #credentials(parts: Values | undefined, path: string): UserCredentials {
    const [username, password] = ["username", "password"].map((name) => {
      const text = this.#text(parts, path, name);
      // Most often the line end of a file that a secret was read from.
      if (CONTROL_CHARACTER.test(text))
        this.fail(`${path}.${name}`, "must not contain line breaks or control characters");
      return text;
    });
    return { username: username ?? "", password: password ?? "" };
  }

  /** Returns an empty text after a failure. */
  #text(parts: Values | undefined, path: string, name: string): string {
    const value = parts?.[name];
    if (typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT) return value;
    // What is no object has failed as a whole.
    if (parts !== undefined) this.fail(`${path}.${name}`, `must be a text of 1 to ${LONGEST_TEXT} characters`);
    return "";
  }

  #address(parts: Values | undefined, path: string): string {
    if (parts === undefined) return "";
    try {
      return parseTargetUrl(parts["url"]);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.fail(`${path}.url`, error.message);
      return "";
    }
  }

  #list(value: unknown, path: string): readonly unknown[] {
    if (Array.isArray(value) && value.length > 0) return value as unknown[];
    this.fail(path, "must be a list with at least one entry");
    return [];
  }
}
