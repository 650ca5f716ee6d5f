import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { request } from "undici";
import { ended, killCommands, startCommand, type RunningCommand } from "../service/command";
import { CACHE_DIR, describeReal, REAL_TIMEOUT_MS } from "./real";
import { startServer, until, type TestServer } from "./servers";

jest.setTimeout(REAL_TIMEOUT_MS);

const KEY = "key-for-killed-services-5d1e";
const FAILED = 104;

let dataDir = "";
let target: TestServer;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "crashtest-killed-"));
  // Slow enough that a scan is still under way when something is killed.
  target = await startServer((_request, response) => {
    setTimeout(() => response.writeHead(200, { "Content-Type": "text/html" }).end('<a href="/?a=1&b=2">a</a>'), 20);
  });
});

afterEach(async () => {
  killCommands();
  await target.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = (): Promise<RunningCommand> =>
  startCommand(["--data", dataDir, "--scanner", "wapiti", "--control"], {
    CRASHTEST_LOCAL_API_KEY: KEY,
    CRASHTEST_CACHE_DIR: CACHE_DIR,
  });

async function send(url: string, method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
  const answer = await request(url + path, {
    method,
    headers: { api_key: KEY, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return answer.body.json();
}

interface ScanLine {
  id: number;
  projectId: number;
  state: string;
  statusCode: number;
  progress: string;
  reason: string | null;
}

async function lastScan(url: string): Promise<ScanLine> {
  const { data } = (await send(url, "GET", "/control/scans")) as { data: { scans: ScanLine[] } };
  const scan = data.scans.at(-1);
  if (scan === undefined) throw new Error("there is no scan");
  return scan;
}

/** Starts a scan and waits until the scanner attacks; the processes that scan this target. */
async function startScan(url: string): Promise<() => Promise<number[]>> {
  const project = { team_id: 1, name: "site", url: target.url.href, type: "webapp" };
  const { data } = (await send(url, "POST", "/projects", project)) as { data: { id: number } };
  await send(url, "POST", `/projects/${data.id}/scans`);
  await until(async () => (await lastScan(url)).progress.startsWith("module "));
  return async () => {
    const { stdout } = await promisify(execFile)("ps", ["-eww", "-o", "pid=,args="], { maxBuffer: 16_777_216 });
    const lines = stdout.split("\n").filter((line) => line.includes(`-u ${target.url.href}`));
    return lines.map((line) => Number.parseInt(line, 10));
  };
}

describeReal("what is killed during a scan", () => {
  const onLinux = process.platform === "linux" ? it : it.skip;

  onLinux("the service: no process is left, and after its next start the scan has failed", async () => {
    const first = await start();
    const scanners = await startScan(first.url);
    expect(await scanners()).toHaveLength(1);

    first.child.kill("SIGKILL");
    await ended(first.child);
    await until(async () => (await scanners()).length === 0);
    const second = await start();

    const failed = await lastScan(second.url);
    expect(failed).toMatchObject({
      statusCode: FAILED,
      reason: "The service ended while the scan was running.",
    });
    const again = await send(second.url, "POST", `/projects/${failed.projectId}/scans`);
    expect(again).toMatchObject({ message: "scan_started" });
  });

  it("the service, asked to end: no process is left, and the scan was stopped", async () => {
    const first = await start();
    const scanners = await startScan(first.url);

    first.child.kill("SIGTERM");

    expect(await ended(first.child)).toEqual({ code: 0, signal: null });
    expect(await scanners()).toEqual([]);
    expect((await lastScan((await start()).url)).state).toBe("stopped");
  });

  it("the scanner: the scan has failed, and says that it was killed from outside", async () => {
    const { url } = await start();
    const scanners = await startScan(url);
    const [pid] = await scanners();
    if (pid === undefined) throw new Error("no scanner runs");

    process.kill(pid, "SIGKILL");
    await until(async () => (await lastScan(url)).statusCode > 101);

    const failed = await lastScan(url);
    expect(failed).toMatchObject({
      statusCode: FAILED,
      reason: expect.stringContaining("killed from outside (SIGKILL)") as string,
    });
    expect(await scanners()).toEqual([]);
    expect(readFileSync(join(dataDir, "logs", `scan-${failed.id}.log`), "utf8")).toContain("Launching module");
  });

  it("the target: the scan has failed, it is not clean", async () => {
    const { url } = await start();
    const scanners = await startScan(url);

    await target.close();
    await until(async () => (await lastScan(url)).statusCode > 101, REAL_TIMEOUT_MS);

    const scan = await lastScan(url);
    expect(scan.statusCode).toBe(FAILED);
    expect(scan.reason).toMatch(/got no answer from the target|no longer answers/);
    expect(await scanners()).toEqual([]);
  });
});
