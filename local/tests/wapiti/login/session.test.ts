import type { IncomingMessage, ServerResponse } from "node:http";
import type { ScanLogin } from "../../../src/scanners/scanner";
import { LoginSession } from "../../../src/scanners/wapiti/login/session";
import type { Visitor } from "../../../src/scanners/wapiti/login/visit";
import { loginOf, startLoginSite, USER, type LoginSite } from "../login-site";
import { LOOPBACK } from "../scanning";
import { bodyOf, startServer, type TestServer } from "../servers";

const sites: Pick<TestServer, "close">[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
});

async function sessionAt(
  options: LoginSite,
  change: (login: ScanLogin) => ScanLogin = (login) => login,
): Promise<{ session: LoginSession; url: URL }> {
  const site = await startLoginSite(options);
  sites.push(site);
  return { session: new LoginSession(change(loginOf("form", site)), visitorOf(site)), url: site.url };
}

const visitorOf = ({ url }: Pick<TestServer, "url">): Visitor => ({
  ...{ target: url, addresses: LOOPBACK, signal: new AbortController().signal, nowMs: () => 0 },
});

const WRONG = "wrong-password";

describe("a form behind basic authentication", () => {
  const both = (login: ScanLogin): ScanLogin => ({ ...login, basic: USER });

  it("is open with both", async () => {
    const { session } = await sessionAt({ hasBasicInFront: true }, both);

    await expect(session.open()).resolves.toBeUndefined();
  });

  it.each<[string, (login: ScanLogin) => ScanLogin, RegExp]>([
    [
      "a wrong password of the form",
      (login) => ({ ...both(login), forms: login.forms.map((form) => ({ ...form, password: WRONG })) }),
      /^no page shows that it worked/,
    ],
    [
      "a wrong password in front",
      (login) => ({ ...login, basic: { ...USER, password: WRONG } }),
      /has no form with one password field \(it answered with the status 401\)$/,
    ],
  ])("is not open with %s", async (_what, change, problem) => {
    const { session } = await sessionAt({ hasBasicInFront: true }, change);

    await expect(session.open()).resolves.toMatch(problem);
  });
});

/** A shop whose members and administrators log in by forms of their own; all but the forms leads to the members' one. */
function twoAreas(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? "/", "http://site.invalid");
  const { cookie = "" } = request.headers;
  const area = pathname.startsWith("/admin") ? "admin" : "member";
  const lead = (Location: string, ...cookies: string[]): void => {
    response.writeHead(303, { Location, "Set-Cookie": cookies }).end();
  };
  if (pathname.endsWith("/login") && request.method === "POST") {
    void bodyOf(request).then((body) => {
      if (new URLSearchParams(body).get("p") === `${area}-password`) lead(`/${area}`, `${area}=in-${area}`);
      else lead("/");
    });
  } else if (pathname.endsWith("/login")) {
    response
      .writeHead(200, { "Content-Type": "text/html" })
      .end(`<form method="post" action="${pathname}"><input name="u"><input type="password" name="p"></form>`);
  } else if (cookie.includes(`${area}=in`)) response.writeHead(200).end(`for each ${area}`);
  else lead(`/${area}/login`);
}

describe("two forms", () => {
  const open = async (admin: string): Promise<string | undefined> => {
    const site = await startServer(twoAreas);
    sites.push(site);
    const form = (area: string, password: string) => ({
      ...{ url: new URL(`/${area}/login`, site.url).href, username: "anna", password },
    });
    const login = { forms: [form("member", "member-password"), form("admin", admin)], headers: [], cookies: [] };
    return new LoginSession(login, visitorOf(site)).open();
  };

  it("are open with both passwords", async () => {
    await expect(open("admin-password")).resolves.toBeUndefined();
  });

  it("are not open with one, although it leads to a page that the other opened", async () => {
    await expect(open(WRONG)).resolves.toMatch(/\/admin\/login answered the login with/);
  });
});

it("is not open after half a login, which leads to a step that asks for no password", async () => {
  const site = await startServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site.invalid");
    const isHalf = (request.headers.cookie ?? "").includes("half=");
    if (pathname === "/login" && request.method === "POST") {
      response.writeHead(303, { Location: "/code", "Set-Cookie": "half=1" }).end();
    } else if (pathname === "/login") {
      response.writeHead(200).end(`<form method="post"><input name="u"><input type="password" name="p"></form>`);
    } else if (pathname === "/code" && isHalf) response.writeHead(200).end("Your code?");
    else response.writeHead(302, { Location: "/login" }).end();
  });
  sites.push(site);
  const forms = [{ url: new URL("/login", site.url).href, ...USER }];

  const problem = await new LoginSession({ forms, headers: [], cookies: [] }, visitorOf(site)).open();

  expect(problem).toMatch(/still leads to the login page with it, as if a step of it were missing$/);
});

it("sends no password in an address", async () => {
  const site = await startServer((_request, response) => {
    response.writeHead(200).end(`<form><input name="u"><input type="password" name="p"></form>`);
  });
  sites.push(site);
  const forms = [{ url: new URL("/login", site.url).href, ...USER }];

  const problem = await new LoginSession({ forms, headers: [], cookies: [] }, visitorOf(site)).open();

  expect(problem).toMatch(/would be sent by GET, with the password in the address/);
  expect(site.hits).toEqual(["GET /login"]);
});

it("knows the page that the form led to, for a scanner that no public page leads there", async () => {
  const { session, url } = await sessionAt({ isUnlinked: true });
  await session.open();

  expect(session.startPages.map(({ href }) => href)).toEqual([new URL("/form/account", url).href]);
});

it("notices a session that ended without an answer that shows it, and renews it", async () => {
  const { session } = await sessionAt({ endsSilently: true, pagesPerSession: 3 });
  await session.open();

  const verdicts = [];
  for (let count = 0; count < 4; count += 1) verdicts.push(await session.confirm());

  expect(verdicts).toContain("genuine");
  expect(verdicts).toContain("renewed");
});
