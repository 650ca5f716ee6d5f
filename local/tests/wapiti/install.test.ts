import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWapitiScanner } from "../../src/scanners/wapiti";
import { ensureInstalled, installEnvironment, isInstalled, tellingLine } from "../../src/scanners/wapiti/install";
import { describeReal, processesNaming, REAL_TIMEOUT_MS } from "./real";
import { until } from "./servers";

/** Two waits for pip, one after the other. */
jest.setTimeout(3 * REAL_TIMEOUT_MS);

let cacheDir: string;

beforeEach(async () => {
  // The blank shows that no step depends on a path without one.
  cacheDir = await mkdtemp(join(tmpdir(), "crashtest cache-"));
});

afterEach(async () => {
  await rm(cacheDir, { recursive: true, force: true, maxRetries: 3 });
});

describe("tellingLine", () => {
  it.each([
    [
      ["Collecting x", "ERROR: No matching distribution found for x", "WARNING: done"],
      "ERROR: No matching distribution found for x",
    ],
    [["one", "two", ""], "two"],
    [[], "no output"],
    [["ERROR: https://user:pass@index.invalid/simple failed"], "ERROR: https://***@index.invalid/simple failed"],
  ])("takes from %p what says most", (lines, line) => {
    expect(tellingLine(lines)).toBe(line);
  });
});

describe("installEnvironment", () => {
  it("keeps settings of proxies and pip, and nothing that leads to other modules", () => {
    const environment = {
      PATH: "/bin",
      HTTPS_PROXY: "p",
      PIP_INDEX_URL: "i",
      PYTHONPATH: "/x",
      VIRTUAL_ENV: "/v",
      PIP_TARGET: "/t",
    };

    expect(installEnvironment(environment)).toEqual({ PATH: "/bin", HTTPS_PROXY: "p", PIP_INDEX_URL: "i" });
  });
});

describe("a machine without a fit Python", () => {
  it("is told what to install", async () => {
    await expect(createWapitiScanner({ cacheDir, environment: { PATH: cacheDir } })).rejects.toMatchObject({
      name: "ScannerUnavailableError",
      code: "WAPITI_UNAVAILABLE",
      message: expect.stringContaining("Install Python 3.10, 3.11, 3.12 or 3.13") as string,
    });
  });
});

describeReal("the installation of the real scanner", () => {
  it("says so where the package index cannot be reached, and leaves nothing but its lock behind", async () => {
    const nowhere = {
      ...process.env,
      PIP_INDEX_URL: "http://127.0.0.1:9/simple",
      PIP_RETRIES: "0",
      PIP_NO_CACHE_DIR: "1",
    };

    await expect(ensureInstalled({ cacheDir, log: () => undefined, environment: nowhere })).rejects.toMatchObject({
      code: "WAPITI_UNAVAILABLE",
      message: expect.stringMatching(/with pip": ERROR: .*Check that pip reaches a package index/) as string,
    });
    expect(await readdir(cacheDir)).toEqual([expect.stringMatching(/^wapiti-[\d.]+\.lock$/)]);
  });

  it("is repaired after it was killed, by two at once that do not break each other", async () => {
    const program = join(__dirname, "scan-until-killed.ts");
    const killed = spawn(process.execPath, ["--import", "tsx", program, cacheDir, "http://127.0.0.1:9/"], {
      stdio: "ignore",
    });
    await until(
      async () => (await processesNaming(cacheDir)).some((line) => line.includes("wapiti3==")),
      REAL_TIMEOUT_MS,
    );
    killed.kill("SIGKILL");
    const leftOver = (await readdir(cacheDir)).sort();
    expect(leftOver).toEqual(
      [/\.building-/, /\.lock$/, /\.lock-journal$/].map((name) => expect.stringMatching(name) as string),
    );

    const log: string[] = [];
    // Compiling what was unpacked takes pip longer than all the rest, and is of no use here. (pip takes 0 for "do not".)
    const environment = { ...process.env, PIP_NO_COMPILE: "0" };
    const options = { cacheDir, log: (line: string) => log.push(line), environment };
    const [first, second] = await Promise.all([ensureInstalled(options), ensureInstalled(options)]);

    expect(first).toEqual(second);
    expect(await isInstalled(first.venv, first.version)).toBe(true);
    expect((await readdir(cacheDir)).sort()).toEqual([`wapiti-${first.version}`, `wapiti-${first.version}.lock`]);
    expect(log.filter((line) => line.startsWith("installing "))).toHaveLength(1);
    expect(log.filter((line) => line.includes("is already installing Wapiti"))).toHaveLength(1);
  });
});
