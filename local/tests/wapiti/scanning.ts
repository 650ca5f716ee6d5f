import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScanOutcome, Scanner, ScanRun } from "../../src/scanners/scanner";
import { createWapitiScanner, type WapitiOptions } from "../../src/scanners/wapiti";
import { CACHE_DIR, ProgressLog, startShop, type Shop } from "./real";
import { startServer, type TestServer } from "./servers";

export const HTML = { "Content-Type": "text/html" };

/** Where the servers of tests are. */
export const LOOPBACK = [{ address: "127.0.0.1", family: 4 }];

const opened: { stop(): Promise<void> }[] = [];

/** Ends what the functions below have opened; for `afterEach`. */
export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((thing) => thing.stop()));
}

export async function shop(...args: string[]): Promise<Shop> {
  const started = await startShop(...args);
  opened.push(started);
  return started;
}

export async function server(...args: Parameters<typeof startServer>): Promise<TestServer> {
  const started = await startServer(...args);
  opened.push({ stop: () => started.close() });
  return started;
}

/** A folder for logs, and what the log of the only scan holds. */
export async function logFolder(): Promise<{ logDir: string; text: () => Promise<string> }> {
  const logDir = await mkdtemp(join(tmpdir(), "crashtest-log-"));
  opened.push({ stop: () => rm(logDir, { recursive: true, force: true }) });
  return { logDir, text: () => readFile(join(logDir, "scan-7.log"), "utf8") };
}

export function create(options: Partial<WapitiOptions> = {}): Promise<Scanner> {
  return createWapitiScanner({ cacheDir: CACHE_DIR, log: () => undefined, ...options });
}

/** Starts scan 7 of a target. */
export async function begin(
  target: URL,
  options: Partial<WapitiOptions> = {},
): Promise<{ run: ScanRun; told: ProgressLog }> {
  const told = new ProgressLog();
  const scanner = await create(options);
  return { run: scanner.start({ scanId: 7, projectId: 1, target, addresses: LOOPBACK }, told.onProgress), told };
}

export async function scan(
  target: URL,
  options: Partial<WapitiOptions> = {},
): Promise<{ outcome: ScanOutcome; told: ProgressLog }> {
  const { run, told } = await begin(target, options);
  return { outcome: await run.ended, told };
}
