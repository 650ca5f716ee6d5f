import { createSocket } from "node:dgram";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWapitiScanner } from "../../src/scanners/wapiti";
import { pythonOf, wapitiCommand, wapitiEnvironment } from "../../src/scanners/wapiti/arguments";
import { startGroup } from "../../src/scanners/wapiti/process-group";
import { WAPITI_VERSIONS } from "../../src/scanners/wapiti/python";
import { luring } from "./luring-site";
import { LOOPBACK } from "./scanning";
import { startServer } from "./servers";

/** What left the scan while it ran. */
export interface Seen {
  state: string;
  /** Names that somebody looked up. */
  lookUps: string[];
  /** Packets that went out by the interface beyond loopback. */
  packetsBeyond: number;
}

/** A name server that hears every question and answers none. */
async function listenForLookUps(): Promise<{ names: string[]; close: () => void }> {
  const names: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (question) => {
    names.push(
      question
        .subarray(12)
        .toString("latin1")
        .replace(/[^\w-]+/g, "."),
    );
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(53, "127.0.0.1", resolve);
  });
  return { names, close: () => socket.close() };
}

function packetsOut(device: string): number {
  const line = readFileSync("/proc/net/dev", "utf8")
    .split("\n")
    .find((text) => text.trim().startsWith(`${device}:`));
  return Number(line?.split(":")[1]?.trim().split(/\s+/)[9]);
}

async function scanHeld(cacheDir: string, target: URL): Promise<string> {
  const scanner = await createWapitiScanner({ cacheDir });
  const request = { scanId: 1, projectId: 1, target, addresses: LOOPBACK };
  const { state, reason } = await scanner.start(request, () => undefined).ended;
  return reason === undefined ? state : `${state}: ${reason}`;
}

/** Runs the scanner with an option of ours left out, until `isEnough` or its end. */
async function scanWithout(option: string, cacheDir: string, target: URL, isEnough: () => boolean): Promise<string> {
  const workDir = await mkdtemp(join(tmpdir(), "crashtest-unheld-"));
  await mkdir(join(workDir, "home"));
  const version = WAPITI_VERSIONS.find((release) => existsSync(join(cacheDir, `wapiti-${release}`))) ?? "";
  const venv = join(cacheDir, `wapiti-${version}`);
  const limits = { crawlLimitSeconds: 30, moduleLimitSeconds: 30 };
  const command = wapitiCommand({ venv, workDir, target, proxyUrl: "", modules: ["upload", "csp"], ...limits });
  // Never with the proxy, of which there is none here.
  const left = ["-p", option];
  const kept = command.filter((word, index) => !left.includes(word) && !left.includes(command[index - 1] ?? ""));
  const env = wapitiEnvironment(workDir);
  const group = await startGroup({ command: kept, python: pythonOf(venv), env, cwd: workDir, onLine: () => undefined });
  const timer = setInterval(() => {
    if (isEnough()) void group.stop();
  }, 100);
  await group.ended;
  clearInterval(timer);
  await rm(workDir, { recursive: true, force: true });
  return "unheld";
}

/** In a network of its own: scans a site that lures away, and prints what was seen of it. */
async function main(cacheDir: string, device: string, leftOut: string): Promise<void> {
  const { names, close } = await listenForLookUps();
  const site = await startServer(luring("http://198.51.100.7/"));
  const before = packetsOut(device);
  const isEnough = (): boolean => (leftOut === "-p" ? packetsOut(device) > before : names.length > 0);
  const state =
    leftOut === "" ? await scanHeld(cacheDir, site.url) : await scanWithout(leftOut, cacheDir, site.url, isEnough);
  const seen: Seen = { state, lookUps: names, packetsBeyond: packetsOut(device) - before };
  console.log(JSON.stringify(seen));
  await site.close();
  close();
}

void main(process.argv[2] ?? "", process.argv[3] ?? "", process.argv[4] ?? "");
