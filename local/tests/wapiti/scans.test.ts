import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ScanOutcome, Scanner } from "../../src/scanners/scanner";
import { createWapitiScanner, type WapitiOptions } from "../../src/scanners/wapiti";
import {
  CACHE_DIR,
  describeReal,
  processesNaming,
  ProgressLog,
  REAL_TIMEOUT_MS,
  startShop,
  workFolderIn,
  type Shop,
} from "./real";
import { startServer, until, type TestServer } from "./servers";

jest.setTimeout(REAL_TIMEOUT_MS);

const HTML = { "Content-Type": "text/html" };

const opened: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((thing) => thing.stop()));
});

async function shop(...args: string[]): Promise<Shop> {
  const started = await startShop(...args);
  opened.push(started);
  return started;
}

async function server(...args: Parameters<typeof startServer>): Promise<TestServer> {
  const started = await startServer(...args);
  opened.push({ stop: () => started.close() });
  return started;
}

function create(options: Partial<WapitiOptions> = {}): Promise<Scanner> {
  return createWapitiScanner({ cacheDir: CACHE_DIR, log: () => undefined, ...options });
}

async function scan(
  target: URL,
  options: Partial<WapitiOptions> = {},
): Promise<{ outcome: ScanOutcome; told: ProgressLog }> {
  const told = new ProgressLog();
  const scanner = await create(options);
  const run = scanner.start({ scanId: 7, projectId: 1, target }, told.onProgress);
  return { outcome: await run.ended, told };
}

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
      "sqlinjection",
      "ssl",
      "xss",
    ]);
    expect(told.messages[0]).toMatch(
      /^running: \S+\/bin\/python .*-m xss,sql,file,csrf,http_headers,cookieflags,exec,csp /,
    );
    expect(told.messages).toContainEqual(expect.stringMatching(/^found \d+ URLs/));
    expect(told.messages.at(-1)).toBe("module csp (8 of 8)");
    expect(told.fractions).toEqual([...told.fractions].sort((a, b) => a - b));
    expect(existsSync(workFolderIn(told.messages))).toBe(false);
  });

  it("finds nothing of medium or above in the mended shop, no XSS and no CSRF", async () => {
    const { url } = await shop("--mended");
    const { outcome } = await scan(url);

    expect(outcome).toMatchObject({ state: "finished", errors: [], findings: { xss: [], csrf: [], sqlinjection: [] } });
    expect(scores(outcome).filter((score) => !(score < 4))).toEqual([]);
  });

  it("stays on the target, wherever it redirects to", async () => {
    const other = await server((_request, response) => response.end("<a href=/x>x</a>"));
    const { url, hits } = await server((request, response) => {
      if (request.url === "/away") response.writeHead(302, { Location: other.url.href }).end();
      else
        response
          .writeHead(200, HTML)
          .end(
            `<a href="/away?a=b">b</a><a href="${other.url.href}">other</a><form action="/away" method="post"><input name="a"></form>`,
          );
    });
    const { outcome } = await scan(url, { modules: ["xss", "csp"] });

    expect(outcome.state).toBe("finished");
    expect(hits).toContain("POST /away");
    expect(other.hits).toEqual([]);
  });

  it("names a module that did not run, instead of passing its scanner off as clean", async () => {
    const { url } = await shop("--mended");
    const { outcome } = await scan(url, { modules: ["csp", "no_such_module"] });

    expect(outcome.errors).toEqual([{ scanner: "fuzzer", message: "no_such_module: the scanner has no such module" }]);
    expect(Object.keys(outcome.findings)).toEqual(["ssl"]);
  });

  it("keeps the scanner's output where asked for, without cookies", async () => {
    const logDir = await mkdtemp(join(tmpdir(), "crashtest-log-"));
    opened.push({ stop: () => rm(logDir, { recursive: true, force: true }) });
    const { url } = await server((_request, response) => {
      response.writeHead(200, { ...HTML, "Set-Cookie": "session=hush" });
      response.end(`<form method="post" action="/form"><input name="a"></form>`);
    });
    const { outcome } = await scan(url, { logDir, modules: ["csrf"] });

    const log = await readFile(join(logDir, "scan-7.log"), "utf8");
    expect(outcome.findings.csrf).toHaveLength(1);
    expect(log).toMatch(/Lack of anti CSRF token[^]*user-agent:/);
    expect(log).not.toContain("hush");
  });
});

describeReal("a real scan that does not come to its end", () => {
  it("is failed where the target cannot be reached", async () => {
    const target = await startServer(() => undefined);
    await target.close();
    const { outcome, told } = await scan(target.url);

    expect(outcome).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("does not answer") as string,
      findings: {},
    });
    expect(told.messages).toEqual([]);
  });

  it("is failed, not finished, where the target dies in the middle", async () => {
    const target = await shop();
    const told = new ProgressLog();
    const run = (await create()).start({ scanId: 1, projectId: 1, target: target.url }, told.onProgress);
    await told.untilTold("module sql");
    await target.stop();
    const outcome = await run.ended;

    expect(outcome.state).toBe("failed");
    expect(outcome.reason).toMatch(/requests got no answer from the target|does not answer any more/);
    expect(outcome.findings.csrf).toBeUndefined();
  });

  it("is failed where it takes longer than allowed", async () => {
    const { url } = await shop();
    const { outcome, told } = await scan(url, { scanLimitSeconds: 1 });

    expect(outcome).toMatchObject({ state: "failed", reason: "the scan took longer than 1 seconds and was ended" });
    expect(await processesNaming(workFolderIn(told.messages))).toEqual([]);
  });

  it("leaves no process and no folder where it is stopped in the middle", async () => {
    const { url } = await shop();
    const told = new ProgressLog();
    const run = (await create()).start({ scanId: 1, projectId: 1, target: url }, told.onProgress);
    await told.untilTold("module xss");
    const folder = workFolderIn(told.messages);
    expect(await processesNaming(folder)).toHaveLength(1);

    await run.stop();

    expect(await processesNaming(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    expect(await run.ended).toMatchObject({ state: "stopped", findings: {} });
    await expect(run.stop()).resolves.toBeUndefined();
  });

  it("starts nothing where it is stopped at once", async () => {
    const { url } = await shop();
    const told = new ProgressLog();
    const run = (await create()).start({ scanId: 1, projectId: 1, target: url }, told.onProgress);
    await run.stop();

    expect((await run.ended).state).toBe("stopped");
    expect(await processesNaming(`-u ${url.href}`)).toEqual([]);
  });

  it("does not touch a target that is refused", async () => {
    const { outcome, told } = await scan(new URL("http://192.0.2.1/"));

    expect(outcome).toMatchObject({ state: "failed", reason: expect.stringContaining("not this machine") as string });
    expect(told.messages).toEqual([]);
  });

  (process.platform === "linux" ? it : it.skip)("dies with the process that started it, even of SIGKILL", async () => {
    const { url } = await shop();
    await create();
    const program = join(__dirname, "scan-until-killed.ts");
    const parent = spawn(process.execPath, ["--import", "tsx", program, CACHE_DIR, url.href], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const told = new ProgressLog();
    createInterface({ input: parent.stdout }).on("line", (message) => {
      told.onProgress({ message });
    });
    await told.untilTold("module xss");
    const folder = workFolderIn(told.messages);
    expect(await processesNaming(folder)).toHaveLength(1);

    parent.kill("SIGKILL");

    await until(async () => (await processesNaming(folder)).length === 0);
    expect(existsSync(folder)).toBe(true);
    await create();
    expect(existsSync(folder)).toBe(false);
  });
});
