import { createWapitiScanner } from "../../src/scanners/wapiti";
import { luring } from "./luring-site";
import { describeReal, REAL_TIMEOUT_MS } from "./real";
import { closeAll, create, logFolder, scan, server } from "./scanning";

jest.setTimeout(REAL_TIMEOUT_MS);

afterEach(closeAll);

describeReal("a real scan", () => {
  it("stays on its target, wherever redirects, forms, uploads, pages and payloads lead", async () => {
    const other = await server((_request, response) => response.end("<a href=/x>x</a>"));
    const { url, hits } = await server(luring(other.url.href));
    const { logDir, text } = await logFolder();
    const { outcome } = await scan(url, { logDir });

    expect(outcome.state).toBe("finished");
    for (const hit of ["POST /away", "POST /kept", "GET /base", "GET /refresh", "GET /mixed"])
      expect(hits).toContain(hit);
    expect(other.hits).toEqual([]);
    expect(await text()).toMatch(new RegExp(`\\nproxy: \\d+ requests refused, .* were going to .*${other.url.host}`));
  });

  it("is failed where the first page only redirects away, and says where to and what helps", async () => {
    const other = await server((_request, response) => response.end("a page"));
    const { url, hits } = await server((_request, response) =>
      response.writeHead(301, { Location: other.url.href }).end(),
    );
    const { outcome, told } = await scan(url);

    expect(outcome).toMatchObject({ state: "failed", findings: {} });
    expect(outcome.reason).toContain(`only redirects to ${other.url.origin}`);
    expect(outcome.reason).toContain("--allow-target 127.0.0.1");
    expect(hits).toEqual(["GET /"]);
    expect(other.hits).toEqual([]);
    expect(told.messages).toEqual([]);
  });

  it("is failed where only the scanner is led away", async () => {
    const other = await server((_request, response) => response.end("a page"));
    const { url } = await server((request, response) => {
      if (request.headers["user-agent"] === undefined) response.end("a page");
      else response.writeHead(302, { Location: other.url.href }).end();
    });
    const { outcome } = await scan(url, { modules: ["xss", "csp"] });

    expect(outcome.state).toBe("failed");
    expect(outcome.reason).toContain(`reached no page of the target: it was redirected to ${other.url.host}`);
    expect(other.hits).toEqual([]);
  });

  it("goes to the address that was found for its target, though the name leads nowhere", async () => {
    const { url, hits } = await server((_request, response) => response.end("a page"));
    const target = new URL(`http://shop.invalid:${url.port}/`);
    const { outcome } = await scan(target, { allowedTargets: ["shop.invalid"], modules: ["csp"] });

    expect(outcome).toMatchObject({ state: "finished", errors: [], coverage: { pages: 1 } });
    expect(hits.length).toBeGreaterThan(2);
  });

  it("takes targets that the operator allows, and no others", async () => {
    const scanner = await create({ allowedTargets: ["shop.example:8080"] });

    expect(scanner.refuse(new URL("http://shop.example:8080/"))).toBeUndefined();
    expect(scanner.refuse(new URL("http://shop.example/"))).toContain("--allow-target shop.example");
  });
});

describe("createWapitiScanner", () => {
  it.each([
    [{ allowedTargets: ["*.example"] }, /wildcards are not supported/],
    [{ modules: ["takeover"] }, /bypassing the proxy/],
  ])("refuses %j before anything is installed", async (options, problem) => {
    await expect(createWapitiScanner({ cacheDir: "/nowhere", ...options })).rejects.toThrow(problem);
  });
});
