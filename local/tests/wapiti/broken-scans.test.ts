import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CACHE_DIR, describeReal, processesNaming, ProgressLog, REAL_TIMEOUT_MS, workFolderIn } from "./real";
import { begin, closeAll, create, HTML, logFolder, scan, server, shop } from "./scanning";
import { startServer, until } from "./servers";

jest.setTimeout(REAL_TIMEOUT_MS);

afterEach(closeAll);

/** Each parameter is tried with all payloads. */
const LONG_QUERY = Array.from({ length: 20 }, (_item, index) => `p${index}=1`).join("&amp;");

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
    const { run, told } = await begin(target.url, { modules: ["xss", "sql", "csrf"] });
    await told.untilTold("module sql");
    await target.stop();
    const outcome = await run.ended;

    expect(outcome.state).toBe("failed");
    expect(outcome.reason).toMatch(/requests got no answer from the target|no longer answers/);
    expect(outcome.findings.csrf).toBeUndefined();
  });

  it("is failed where the scanner is killed, with what it said so far in the log", async () => {
    const { url } = await shop();
    const { logDir, text } = await logFolder();
    const { run, told } = await begin(url, { logDir });
    await told.untilTold("module xss");
    const folder = workFolderIn(told.messages);
    const [line] = await processesNaming(folder);
    process.kill(parseInt(line ?? "", 10), "SIGKILL");
    const outcome = await run.ended;

    expect(outcome).toMatchObject({ state: "failed", reason: expect.stringContaining("(SIGKILL)") as string });
    expect(outcome.findings).toEqual({});
    expect(await processesNaming(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    expect(await text()).toMatch(/Launching module xss[^]*the scan is failed: the scanner was killed from outside/);
  });

  (process.platform === "linux" ? it : it.skip)("fails if the scanner exceeds its memory limit", async () => {
    const { url } = await shop();
    const { logDir, text } = await logFolder();
    const { outcome } = await scan(url, { memoryLimitBytes: 150_000_000, logDir });

    expect(outcome).toMatchObject({ state: "failed", findings: {} });
    expect(outcome.reason).toMatch(/exceeded its memory limit \(143 MiB\)/);
    expect(await text()).toContain(`the scan is failed: ${outcome.reason ?? "no reason"}`);
  });

  it("gives a module that runs out of time an error, and the others their results", async () => {
    const { url } = await server((request, response) => {
      const isPayload = request.url?.includes("%") === true;
      const answer = (): unknown => response.writeHead(200, HTML).end(`<a href="/?${LONG_QUERY}">a</a>`);
      if (isPayload) setTimeout(answer, 3_000);
      else answer();
    });
    const { outcome } = await scan(url, { modules: ["exec", "csp"], moduleLimitSeconds: 5 });

    expect(outcome.state).toBe("finished");
    expect(outcome.errors).toEqual([{ scanner: "commandinjection", message: "exec: the module ran out of time" }]);
    expect(Object.keys(outcome.findings)).toEqual(["ssl"]);
  });

  it("is failed where the crawl runs out of time, for not all pages were tested", async () => {
    const { url } = await server((request, response) => {
      const page = Number(request.url?.slice(1) ?? 0);
      setTimeout(() => response.writeHead(200, HTML).end(`<a href="/${page + 1}">next</a>`), 100);
    });
    const { outcome } = await scan(url, { modules: ["csp"], moduleLimitSeconds: 1 });

    expect(outcome).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("the crawl took longer than 1 seconds") as string,
    });
  });

  it("is failed where it takes longer than allowed", async () => {
    const { url } = await shop();
    const { outcome, told } = await scan(url, { scanLimitSeconds: 1 });

    expect(outcome).toMatchObject({
      state: "failed",
      reason: "the scan took longer than 1 seconds and was terminated",
    });
    expect(await processesNaming(workFolderIn(told.messages))).toEqual([]);
  });

  it("leaves no process and no folder where it is stopped in the middle", async () => {
    const { url } = await shop();
    const { run, told } = await begin(url);
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
    const { run } = await begin(url);
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
    /** Not after the kill: from then on whatever starts a scanner beside this test may remove the folder. */
    expect(existsSync(folder)).toBe(true);

    parent.kill("SIGKILL");

    await until(async () => (await processesNaming(folder)).length === 0);
    await create();
    expect(existsSync(folder)).toBe(false);
  });
});
