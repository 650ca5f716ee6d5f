import { existsSync } from "node:fs";
import type { ScanOutcome } from "../../src/scanners/scanner";
import { describeReal, REAL_TIMEOUT_MS, workFolderIn } from "./real";
import { closeAll, HTML, logFolder, scan, server, shop } from "./scanning";

jest.setTimeout(REAL_TIMEOUT_MS);

afterEach(closeAll);

function scores(outcome: ScanOutcome): number[] {
  return outcome.descriptions.map(({ baseScore }) => baseScore ?? NaN);
}

describeReal("a real scan", () => {
  it("finds the reflected XSS of the vulnerable shop", async () => {
    const { url } = await shop();
    const { outcome, told } = await scan(url);

    expect(outcome).toMatchObject({ state: "finished", errors: [] });
    expect(outcome.findings.xss).toContainEqual(
      expect.objectContaining({
        finding_description_slug: "xss",
        details: { request: { has_findings: true, method: "GET", url: new URL("/search", url).href, parameter: "q" } },
      }),
    );
    expect(outcome.descriptions).toContainEqual(expect.objectContaining({ slug: "xss", baseScore: 6.1 }));
    expect(Object.keys(outcome.findings).sort()).toEqual([
      "commandinjection",
      "csrf",
      "fileinclusion",
      "fuzzer",
      "sqlinjection",
      "ssl",
      "xss",
      "xxe",
    ]);
    expect(told.messages[0]).toMatch(
      /^running: \S+\/bin\/python .*-m xss,permanentxss,sql,file,exec,shellshock,xxe,csrf,/,
    );
    expect(told.messages).toContainEqual(expect.stringMatching(/^found \d+ URLs/));
    expect(told.messages.at(-1)).toMatch(/^module permanentxss \((\d+) of \1\)$/);
    expect(told.fractions).toEqual([...told.fractions].sort((a, b) => a - b));
    expect(existsSync(workFolderIn(told.messages))).toBe(false);
  });

  it("finds nothing of medium or above in the mended shop, no XSS and no CSRF", async () => {
    const { url } = await shop("--mend", "all");
    const { outcome } = await scan(url);

    expect(outcome).toMatchObject({ state: "finished", errors: [], findings: { xss: [], csrf: [], sqlinjection: [] } });
    expect(scores(outcome).filter((score) => !(score < 4))).toEqual([]);
  });

  it("names a module that did not run, instead of passing its scanner off as clean", async () => {
    const { url } = await shop("--mend", "all");
    const { outcome } = await scan(url, { modules: ["csp", "no_such_module"] });

    expect(outcome.errors).toEqual([{ scanner: "fuzzer", message: "no_such_module: the scanner has no such module" }]);
    expect(Object.keys(outcome.findings)).toEqual(["ssl"]);
  });

  it("keeps the scanner's output where asked for, without cookies", async () => {
    const { logDir, text } = await logFolder();
    const { url } = await server((_request, response) => {
      response.writeHead(200, { ...HTML, "Set-Cookie": "session=hush" });
      response.end(`<form method="post" action="/form"><input name="a"></form>`);
    });
    const { outcome } = await scan(url, { logDir, modules: ["csrf"] });

    const log = await text();
    expect(outcome.findings.csrf).toHaveLength(1);
    expect(log).toMatch(/^running: [^]*Lack of anti CSRF token[^]*user-agent:/);
    expect(log).toMatch(
      /\nproxy: \d+ requests passed on to the target; 0 got no answer, 0 an invalid answer\nproxy: 0 requests refused\nthe scan is finished\n$/,
    );
    expect(log).not.toContain("hush");
  });

  it("finds in each of several sites what is in that one, where they are scanned at once", async () => {
    const sites = await Promise.all(
      ["apple", "pear", "plum"].map((name) =>
        server((request, response) => {
          const value = new URL(request.url ?? "/", "http://site.invalid").searchParams.get(name) ?? "";
          response.writeHead(200, HTML).end(`<a href="/${name}?${name}=1">${name}</a><p>${value}</p>`);
        }),
      ),
    );
    const outcomes = await Promise.all(sites.map(({ url }) => scan(url, { modules: ["xss", "csp"] })));

    const found = outcomes.map(({ outcome }) =>
      outcome.findings.xss?.map(({ details }) => details?.request?.parameter),
    );
    expect(found).toEqual([["apple"], ["pear"], ["plum"]]);
    for (const [index, { outcome }] of outcomes.entries()) {
      expect(outcome).toMatchObject({ state: "finished", errors: [] });
      const hosts = Object.values(outcome.findings)
        .flat()
        .map(({ details }) => new URL(details?.request?.url ?? "").host);
      expect(new Set(hosts)).toEqual(new Set([sites[index]?.url.host]));
    }
  });
});
