import { createServer as createTlsServer } from "node:https";
import type { ScanLogin, ScanOutcome, ScanRequest } from "../../src/scanners/scanner";
import { makeCertificate } from "../../src/scanners/wapiti/certificate";
import { ensureInstalled } from "../../src/scanners/wapiti/install";
import { KINDS, loginOf, loginSite, startLoginSite, USER, type LoginSite } from "./login-site";
import { CACHE_DIR, describeReal, ProgressLog, REAL_TIMEOUT_MS } from "./real";
import { closeAll, create, LOOPBACK } from "./scanning";
import type { TestServer } from "./servers";

jest.setTimeout(REAL_TIMEOUT_MS);

const sites: Pick<TestServer, "close">[] = [];
afterEach(async () => {
  await closeAll();
  await Promise.all(sites.splice(0).map((site) => site.close()));
});

async function site(options?: LoginSite): ReturnType<typeof startLoginSite> {
  const started = await startLoginSite(options);
  sites.push(started);
  return started;
}

async function scanWith(target: URL, how: Partial<ScanRequest>): Promise<ScanOutcome> {
  const scanner = await create({ modules: ["xss"] });
  const request = { scanId: 7, projectId: 1, target, addresses: LOOPBACK, ...how };
  return scanner.start(request, new ProgressLog().onProgress).ended;
}

const foundXss = ({ findings }: ScanOutcome): string[] =>
  (findings.xss ?? []).map(({ details }) => new URL(String(details?.request?.url)).pathname);

describeReal("a scan with a login", () => {
  it("finds no hole behind a login without one", async () => {
    const { url } = await site();
    const { state, login, findings } = await scanWith(url, {});

    expect({ state, login, findings }).toEqual({ state: "finished", login: undefined, findings: { xss: [] } });
  });

  it.each(KINDS)("finds the hole behind %s, and follows no link that logs out", async (kind) => {
    const target = await site();
    const outcome = await scanWith(target.url, { login: loginOf(kind, target) });

    expect(outcome).toMatchObject({ state: "finished", login: "confirmed" });
    expect(foundXss(outcome)).toEqual([`/${kind}/search`]);
    expect(target.hits.filter((hit) => hit.includes("/logout"))).toEqual([]);
  });

  it("renews a session that ends, and repeats what it did not answer", async () => {
    const target = await site({ pagesPerSession: 8 });
    const outcome = await scanWith(target.url, { login: loginOf("form", target) });

    expect([outcome.state, outcome.reason, outcome.login]).toEqual(["finished", undefined, "confirmed"]);
    expect(foundXss(outcome)).toEqual(["/form/search"]);
    expect(target.logins()).toBeGreaterThan(1);
  });

  it("starts at the page that the form leads to, where no public page does", async () => {
    const target = await site({ isUnlinked: true });
    const outcome = await scanWith(target.url, { login: loginOf("form", target) });

    expect([outcome.state, outcome.login]).toEqual(["finished", "confirmed"]);
    expect(foundXss(outcome)).toEqual(["/form/search"]);
  });

  it("counts nothing of a module in which the session ended without an answer that shows it", async () => {
    const target = await site({ pagesPerSession: 7, endsSilently: true });
    const outcome = await scanWith(target.url, { login: loginOf("form", target) });

    const told = [outcome.reason, ...outcome.errors.map(({ message }) => message)].join("; ");
    expect(told).toMatch(/the session ended (during the crawl|while it ran), and no answer showed it/);
    expect(outcome.state).toBe("failed");
  });

  it("fails if the session ends and cannot be renewed", async () => {
    const target = await site({ pagesPerSession: 8, maxLogins: 1 });
    const outcome = await scanWith(target.url, { login: loginOf("form", target) });

    expect(outcome.state).toBe("failed");
    expect(outcome.reason).toMatch(/^login_failed: the session ended during the scan, and could not be renewed/);
  });

  it.each<[string, (login: ScanLogin) => ScanLogin, string]>([
    [
      "a wrong password",
      (login) => ({ ...login, forms: login.forms.map((form) => ({ ...form, password: "wrong-password" })) }),
      "login_failed: no page shows that it worked: http://TARGET/login answered the login with a form with a password field; " +
        "http://TARGET/ is shown without the login as well. If it did, name a page that only a user sees in `check`",
    ],
    [
      "a page without a form",
      (login) => ({ ...login, forms: login.forms.map((form) => ({ ...form, url: form.url.replace("/login", "/") })) }),
      "login_failed: http://TARGET/ has no form with one password field (it answered with the status 200)",
    ],
    [
      "a check whose text is missing",
      (login) => ({ ...login, check: { url: login.forms[0]?.url ?? "", contains: "Hello Bert" } }),
      "login_failed: the check failed: http://TARGET/login answered the login with no such text, and status 200",
    ],
    [
      "a check that passes without the login",
      (login) => ({ ...login, check: { url: login.forms[0]?.url ?? "", contains: "Log in" } }),
      "login_failed: the check failed: http://TARGET/login has the text without the login as well",
    ],
    [
      "a header on a site that shows the same without it",
      () => ({ forms: [], cookies: [], headers: [{ name: "X-Any", value: "anything" }] }),
      "login_failed: no page shows that it worked: http://TARGET/ is shown without the login as well. " +
        "If it did, name a page that only a user sees in `check`",
    ],
  ])("fails before it starts with %s", async (_case, change, reason) => {
    const target = await site();
    const outcome = await scanWith(target.url, { login: change(loginOf("form", target)) });

    expect([outcome.state, outcome.reason?.replaceAll(target.url.host, "TARGET")]).toEqual(["failed", reason]);
    expect(target.hits.length).toBeLessThan(12);
  });

  it("finds the hole of an https site, whose connections end in the proxy", async () => {
    const { venv } = await ensureInstalled({ cacheDir: CACHE_DIR, log: () => undefined });
    const pem = await makeCertificate(venv);
    const server = createTlsServer({ key: pem, cert: pem }, loginSite().answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    sites.push({
      close: () =>
        new Promise((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        }),
    });
    const url = new URL(`https://127.0.0.1:${(server.address() as { port: number }).port}/`);
    const { password } = USER;
    const outcome = await scanWith(url, { login: loginOf("form", { url }) });

    expect([outcome.state, outcome.reason, outcome.login]).toEqual(["finished", undefined, "confirmed"]);
    expect(foundXss(outcome)).toEqual(["/form/search"]);
    expect(JSON.stringify(outcome)).not.toContain(password);
  });
});
