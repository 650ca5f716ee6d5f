import type { RequestListener } from "node:http";
import { ask, askFirstPage } from "../../src/scanners/wapiti/answers";
import { firstPageProblem } from "../../src/scanners/wapiti/run";
import { closeAll, LOOPBACK, server as serve } from "./scanning";

afterEach(closeAll);

const redirecting =
  (to: (path: string) => string | undefined): RequestListener =>
  ({ url = "" }, response) => {
    const location = to(url);
    if (location === undefined) response.end("a page");
    else response.writeHead(302, { Location: location }).end();
  };

describe("askFirstPage", () => {
  it("follows redirects on the target itself, and no others", async () => {
    const other = await serve((_request, response) => response.end());
    const target = await serve(
      redirecting((path) => ({ "/": "/login", "/login": `${other.url.href}sso?token=1` })[path]),
    );
    const page = await askFirstPage(target.url, LOOPBACK);

    expect(page).toEqual({ answers: true, leavesTo: new URL("/sso?token=1", other.url) });
    expect(target.hits).toEqual(["GET /", "GET /login"]);
    expect(other.hits).toEqual([]);
  });

  it.each<[string, (path: string) => string | undefined]>([
    ["answers", () => undefined],
    ["redirects to a page of its own", (path) => (path === "/" ? "/start" : undefined)],
    ["redirects for ever", () => "/"],
    ["redirects to no address", () => "http://["],
  ])("stays where the target %s", async (_case, to) => {
    expect(await askFirstPage((await serve(redirecting(to))).url, LOOPBACK)).toEqual({ answers: true });
  });

  it("waits no more where the target answers in another protocol", async () => {
    const upgrading = await serve((_request, response) => {
      response.writeHead(101, { Connection: "Upgrade", Upgrade: "other" }).end();
    });

    expect(await ask(upgrading.url, LOOPBACK)).toBeUndefined();
  });

  it("takes another scheme or port for another place", async () => {
    const target = await serve(redirecting(() => `https://127.0.0.1:${target.url.port}/`));

    expect((await askFirstPage(target.url, LOOPBACK)).leavesTo?.protocol).toBe("https:");
  });

  it("says where nobody answers, and where the waiting is ended", async () => {
    const silent = await serve(() => undefined);
    const ending = new AbortController();
    const answer = ask(silent.url, LOOPBACK, ending.signal);
    ending.abort();

    expect(await answer).toBeUndefined();
    await silent.close();
    expect(await askFirstPage(silent.url, LOOPBACK)).toEqual({ answers: false });
  });
});

describe("firstPageProblem", () => {
  const target = new URL("http://127.0.0.1:8080/shop");

  it("names the host to which the first page redirects, without the rest of the address", () => {
    const leavesTo = new URL("https://login.example/sso?token=hush");

    expect(firstPageProblem({ answers: true, leavesTo }, target)).toBe(
      "the first page of http://127.0.0.1:8080 only redirects to https://login.example, and a scan stays on its target: " +
        "create a project for https://login.example instead, which must be on this machine or allowed by the operator of " +
        "the service (--allow-target login.example)",
    );
  });

  it("has nothing against a target that answers", () => {
    expect(firstPageProblem({ answers: true }, target)).toBeUndefined();
    expect(firstPageProblem({ answers: false }, target)).toMatch(/does not answer/);
  });
});
