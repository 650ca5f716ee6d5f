import type { NamedValue, ScanLogin } from "../../scanner";

/** Stands for the value of a session cookie in what the scanner sees. */
export const MASKED = "masked";

/**
 * How many values are hidden in texts. Some sites set a cookie anew with each answer; the scanner sees none of those values
 * in any case.
 */
const MAX_SECRETS = 300;

/** Shorter values of cookies that a login sets are settings, such as a theme, and words of other texts. */
const MIN_SESSION_LENGTH = 8;

type Pair = readonly [name: string, value: string];

function pairsOf(rawHeaders: readonly string[]): Pair[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] as const] : []));
}

function cookiesIn(header: string): Pair[] {
  return header.split(";").flatMap((part) => {
    const [name = "", ...value] = part.trim().split("=");
    return name === "" ? [] : [[name, value.join("=")] as const];
  });
}

/** A cookie as an answer sets it, without the attributes that only a browser needs. */
interface SetCookie extends NamedValue {
  isRemoved: boolean;
  /** From the semicolon after the value on. */
  attributes: string;
}

function setCookieOf(header: string, nowMs: number): SetCookie | undefined {
  const end = header.indexOf(";");
  const attributes = end < 0 ? "" : header.slice(end);
  const [found] = cookiesIn(end < 0 ? header : header.slice(0, end));
  if (found === undefined) return undefined;
  const maxAge = /;\s*max-age\s*=\s*(-?\d+)/i.exec(attributes)?.[1];
  const expires = /;\s*expires\s*=\s*([^;]*)/i.exec(attributes)?.[1] ?? "";
  const isRemoved = maxAge === undefined ? Date.parse(expires) <= nowMs : Number(maxAge) <= 0;
  return { name: found[0], value: found[1], isRemoved, attributes };
}

/** The credentials of a scan: those that it was given, and the cookies of the session that they led to. */
export class Credentials {
  readonly #headers: readonly NamedValue[];
  readonly #given: ReadonlyMap<string, string>;
  #session = new Map<string, string>();
  /** Every value of the run that must be seen nowhere. */
  readonly secrets: Set<string>;

  constructor({ basic, forms, headers, cookies }: ScanLogin) {
    const token =
      basic === undefined ? undefined : Buffer.from(`${basic.username}:${basic.password}`).toString("base64");
    const isGiven = headers.some(({ name }) => name.toLowerCase() === "authorization");
    this.#headers = [
      ...headers,
      ...(token === undefined || isGiven ? [] : [{ name: "Authorization", value: `Basic ${token}` }]),
    ];
    this.#given = new Map(cookies.map(({ name, value }) => [name, value]));
    const values = [...headers, ...cookies].map(({ value }) => value);
    const passwords = [...forms, ...(basic === undefined ? [] : [basic])].map(({ password }) => password);
    this.secrets = new Set([
      ...values,
      ...values.map(bareToken),
      ...passwords,
      ...(token === undefined ? [] : [token]),
    ]);
  }

  /** Forgets the session, before another login. */
  clearSession(): void {
    this.#session = new Map();
  }

  /** Returns the headers of a request with the credentials in the place of what they would collide with. */
  applyTo(rawHeaders: readonly string[]): string[] {
    const own = new Set(["cookie", ...this.#headers.map(({ name }) => name.toLowerCase())]);
    const pairs = pairsOf(rawHeaders);
    const kept = pairs.filter(([name]) => !own.has(name.toLowerCase()));
    const jar = new Map([...this.#session, ...this.#given]);
    const sent = pairs
      .filter(([name]) => name.toLowerCase() === "cookie")
      .flatMap(([, value]) => cookiesIn(value))
      .filter(([name, value]) => !jar.has(name) && value !== MASKED);
    const cookie = [...sent, ...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    return [
      ...kept.flat(),
      ...this.#headers.flatMap(({ name, value }) => [name, value]),
      ...(cookie === "" ? [] : ["Cookie", cookie]),
    ];
  }

  /** Keeps all cookies that an answer of the login sets. */
  take(rawHeaders: readonly string[], nowMs: number): void {
    this.#update(rawHeaders, nowMs, () => true);
  }

  /** Keeps the cookies of the session that an answer to the scanner sets anew. */
  renewFrom(rawHeaders: readonly string[], nowMs: number): void {
    this.#update(rawHeaders, nowMs, (name) => this.#session.has(name));
  }

  /** Returns the headers of an answer with the values of the session's cookies masked. */
  masked(rawHeaders: readonly string[]): string[] {
    return pairsOf(rawHeaders).flatMap(([name, value]) => {
      if (name.toLowerCase() !== "set-cookie") return [name, value];
      const cookie = setCookieOf(value, 0);
      const isOwn = cookie !== undefined && (this.#session.has(cookie.name) || this.#given.has(cookie.name));
      return [name, isOwn ? `${cookie.name}=${MASKED}${cookie.attributes}` : value];
    });
  }

  #update(rawHeaders: readonly string[], nowMs: number, isWanted: (name: string) => boolean): void {
    for (const [header, text] of pairsOf(rawHeaders)) {
      const cookie = header.toLowerCase() === "set-cookie" ? setCookieOf(text, nowMs) : undefined;
      if (cookie === undefined || !isWanted(cookie.name)) continue;
      if (cookie.isRemoved) this.#session.delete(cookie.name);
      else {
        this.#session.set(cookie.name, cookie.value);
        if (cookie.value.length >= MIN_SESSION_LENGTH && this.secrets.size < MAX_SECRETS)
          this.secrets.add(cookie.value);
      }
    }
  }
}

/** Returns a token without its scheme: `Bearer abc` shows as `abc` elsewhere. */
function bareToken(value: string): string {
  return value.replace(/^(?:Bearer|Basic|Token)\s+/i, "");
}
