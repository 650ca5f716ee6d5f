import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { ScanLogin } from "../../src/scanners/scanner";
import { bodyOf, startServer, type TestServer } from "./servers";

export const USER = { username: "anna", password: "pass word-7f3e!&" };
export const KEY = { name: "X-Shop-Key", value: "key-91ab-of-anna" };
export const COOKIE = { name: "token", value: "cookie-5d2c-of-anna" };

export const KINDS = ["basic", "form", "headers", "cookies"] as const;
export type Kind = (typeof KINDS)[number];

export interface LoginSite {
  /** After how many pages of the account a session of the form ends; never unless said. */
  pagesPerSession?: number;
  /** How often anyone can log in by form; as often as they like unless said. */
  maxLogins?: number;
  /** Whether a session that has ended shows the form in the place of the page, instead of leading to it. */
  endsSilently?: boolean;
  /** Whether no public page leads to the account, and the login page shows its form again after a login. */
  isUnlinked?: boolean;
  /** Whether every page needs basic authentication as well. */
  hasBasicInFront?: boolean;
}

const HTML = { "Content-Type": "text/html; charset=utf-8" };

function page(response: ServerResponse, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { ...HTML, ...headers }).end(`<!doctype html><html><body>${body}</body></html>`);
}

function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const pairs = (headers.cookie ?? "").split("; ").map((pair) => pair.split("="));
  return pairs.find(([found]) => found === name)?.[1];
}

/** What is behind a login: a hole, and a link that ends the session. */
const accountOf = (kind: Kind): string => `<h1>Hello Anna</h1> <a href="/${kind}/search?q=shoe">search</a>
  <a href="/${kind}/orders">orders</a> <a href="/logout">leave</a>`;
const HOME = `<a href="/login">log in</a> ${KINDS.map((kind) => `<a href="/${kind}/account">${kind}</a>`).join(" ")}`;
const FORM = (token: string): string => `<form method="post" action="/login">
  <input type="hidden" name="token" value="${token}"><input name="user"><input type="password" name="secret">
  <button>Log in</button></form>`;

/** The sessions of the form. */
class Sessions {
  logins = 0;
  readonly #left = new Map<string, number>();
  readonly #options: LoginSite;

  constructor(options: LoginSite) {
    this.#options = options;
  }

  get token(): string {
    return `csrf-${this.logins}`;
  }

  /** Returns the ID of a new session, or undefined if the fields are wrong. */
  logIn(fields: URLSearchParams): string | undefined {
    const { maxLogins = Infinity, pagesPerSession = Infinity } = this.#options;
    const isUser = fields.get("user") === USER.username && fields.get("secret") === USER.password;
    if (!isUser || fields.get("token") !== this.token || this.logins >= maxLogins) return undefined;
    this.logins += 1;
    const id = `sid-${this.logins}-${"0123456789abcdef".repeat(2)}`;
    this.#left.set(id, pagesPerSession);
    return id;
  }

  use(id: string): boolean {
    const left = this.#left.get(id) ?? 0;
    this.#left.set(id, left - 1);
    return left > 0;
  }

  end(id: string): void {
    this.#left.delete(id);
  }
}

function isAllowed(kind: Kind, request: IncomingMessage, sessions: Sessions): boolean {
  const { authorization, "x-shop-key": key } = request.headers;
  switch (kind) {
    case "basic":
      return authorization === `Basic ${Buffer.from(`${USER.username}:${USER.password}`).toString("base64")}`;
    case "headers":
      return key === KEY.value;
    case "cookies":
      return cookieOf(request, COOKIE.name) === COOKIE.value;
    case "form":
      return sessions.use(cookieOf(request, "sid") ?? "");
  }
}

function answerUser(kind: Kind, url: URL, response: ServerResponse): void {
  if (url.pathname.endsWith("/search")) page(response, `You looked for ${url.searchParams.get("q") ?? ""}`);
  else page(response, url.pathname.endsWith("/orders") ? "No orders" : accountOf(kind));
}

/** Answers as a site with an account behind each kind of login; the form has a token against CSRF. */
export function loginSite(options: LoginSite = {}): { answer: RequestListener; logins: () => number } {
  const sessions = new Sessions(options);
  const logIn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const id = sessions.logIn(new URLSearchParams(await bodyOf(request)));
    if (id === undefined) response.writeHead(302, { Location: "/login?failed" }).end();
    else response.writeHead(303, { Location: "/form/account", "Set-Cookie": `sid=${id}; HttpOnly; Path=/` }).end();
  };
  const answer: RequestListener = (request, response) => {
    const url = new URL(request.url ?? "/", "http://site.invalid");
    const kind = KINDS.find((name) => url.pathname.startsWith(`/${name}/`));
    if (options.hasBasicInFront === true && !isAllowed("basic", request, sessions)) {
      response.writeHead(401, { ...HTML, "WWW-Authenticate": "Basic" }).end("not you");
    } else if (kind !== undefined && isAllowed(kind, request, sessions)) answerUser(kind, url, response);
    else if (kind === "form" && options.endsSilently === true) page(response, FORM(sessions.token));
    else if (kind === "form") response.writeHead(302, { Location: "/login" }).end();
    else if (kind !== undefined) response.writeHead(401, { ...HTML, "WWW-Authenticate": "Basic" }).end("not you");
    else if (url.pathname === "/login" && request.method === "POST") void logIn(request, response);
    else if (url.pathname === "/login") page(response, FORM(sessions.token));
    else if (url.pathname === "/logout") {
      sessions.end(cookieOf(request, "sid") ?? "");
      response.writeHead(302, { Location: "/" }).end();
    } else if (url.pathname === "/") page(response, options.isUnlinked === true ? "Welcome" : HOME);
    else response.writeHead(404, HTML).end("not here");
  };
  return { answer, logins: () => sessions.logins };
}

export async function startLoginSite(options: LoginSite = {}): Promise<TestServer & { logins: () => number }> {
  const { answer, logins } = loginSite(options);
  return { ...(await startServer(answer)), logins };
}

/** Returns how to log in to the site, by one kind. */
export function loginOf(kind: Kind, { url }: Pick<TestServer, "url">): ScanLogin {
  const nothing: ScanLogin = { forms: [], headers: [], cookies: [] };
  const check = { url: new URL(`/${kind}/account`, url).href, contains: "Hello Anna" };
  if (kind === "basic") return { ...nothing, basic: USER, check };
  if (kind === "headers") return { ...nothing, headers: [KEY], check };
  if (kind === "cookies") return { ...nothing, cookies: [COOKIE], check };
  return { ...nothing, forms: [{ url: new URL("/login", url).href, ...USER }] };
}
