import type { RequestListener } from "node:http";
import { fingerprintOf, parseFindings } from "../../../findings";
import { formatJson } from "../../src/reports/json";
import { createReport } from "../../src/reports/report";
import { createWapitiScanner } from "../../src/scanners/wapiti";
import { sampleProject, sampleScan } from "../sample-project";
import { CACHE_DIR, describeReal, REAL_TIMEOUT_MS } from "./real";
import { LOOPBACK } from "./scanning";
import { startServer, type TestServer } from "./servers";

jest.setTimeout(REAL_TIMEOUT_MS);

/** A site with holes: two cookies without flags, a search that echoes, a form without a token, no header that protects. */
const site: RequestListener = (request, response) => {
  const query = new URL(request.url ?? "/", "http://site.invalid").searchParams.get("q") ?? "";
  response.writeHead(200, { "Content-Type": "text/html", "Set-Cookie": ["SID=1", "PREFS=2"] });
  response.end(
    `<html><body><a href="/search?q=tea">tea</a><form method="post" action="/order"><input name="a"></form>` +
      `<p>Results for ${query}</p></body></html>`,
  );
};

/** Those that find these. */
const MODULES = ["xss", "csrf", "csp", "http_headers", "cookieflags"];

interface Scanned {
  readonly fingerprints: readonly string[];
  readonly texts: readonly string[];
  /** The requests with which the search was tried. */
  readonly attacks: readonly string[];
}

const servers: TestServer[] = [];

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

/** Scans the site, at an address of its own, and reads the JSON report. */
async function scanSite(): Promise<Scanned> {
  const server = await startServer(site);
  servers.push(server);
  const scanner = await createWapitiScanner({ cacheDir: CACHE_DIR, log: () => undefined, modules: MODULES });
  const outcome = await scanner.start(
    { scanId: 7, projectId: 1, target: server.url, addresses: LOOPBACK },
    () => undefined,
  ).ended;
  expect(outcome).toMatchObject({ state: "finished", errors: [] });
  const project = sampleProject({ id: 1, url: server.url.href });
  const scan = sampleScan({ id: 7, projectId: 1, outcome });
  const { findings } = parseFindings(JSON.stringify(formatJson(createReport(project, scan))));
  return {
    fingerprints: findings.map(fingerprintOf),
    texts: findings.map(({ information }) => information),
    attacks: server.hits.filter((hit) => hit.startsWith("GET /search?q=") && hit !== "GET /search?q=tea"),
  };
}

describeReal("two real scans of the same holes", () => {
  it("give the same fingerprints, with other payloads and at another address", async () => {
    const first = await scanSite();
    const second = await scanSite();

    expect(first.fingerprints.length).toBeGreaterThanOrEqual(6);
    expect([...second.fingerprints].sort()).toEqual([...first.fingerprints].sort());
    expect(new Set(first.fingerprints).size).toBe(first.fingerprints.length);
    for (const name of ["SID", "PREFS"]) expect(first.texts.join("\n")).toContain(name);

    expect(first.attacks.length).toBeGreaterThan(0);
    expect(second.attacks.filter((attack) => !first.attacks.includes(attack))).not.toEqual([]);
    expect(second.texts.filter((text) => first.texts.includes(text))).toEqual([]);
  });
});
