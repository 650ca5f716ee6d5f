import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { ScanProgress } from "../../src/scanners/scanner";
import { WAPITI_VERSIONS } from "../../src/scanners/wapiti/python";

/** A real scan takes about five seconds; the first one of a machine also installs the scanner. */
export const REAL_TIMEOUT_MS = 300_000;

const cacheHome = process.env["XDG_CACHE_HOME"] ?? "";
const fromEnvironment = process.env["CRASHTEST_CACHE_DIR"] ?? "";

/** The cache of this machine, where the scanner is installed once for all. */
export const CACHE_DIR =
  fromEnvironment !== ""
    ? fromEnvironment
    : join(cacheHome !== "" ? cacheHome : join(homedir(), ".cache"), "pulumi-crashtest");

const isThere = WAPITI_VERSIONS.some((version) => existsSync(join(CACHE_DIR, `wapiti-${version}`)));
const maySkip = process.env["CRASHTEST_ALLOW_NO_WAPITI"] === "1";

/**
 * Tests against the real scanner. They fail where it cannot be installed; with CRASHTEST_ALLOW_NO_WAPITI=1 they are
 * skipped where it is not installed already.
 */
export function describeReal(name: string, tests: () => void): void {
  if (!maySkip || isThere) {
    describe(name, tests);
    return;
  }
  console.warn(`SKIPPED, for CRASHTEST_ALLOW_NO_WAPITI=1 is set and the real scanner is not installed: ${name}`);
  describe.skip(name, tests);
}

export interface Shop {
  readonly url: URL;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

const SHOP = join(__dirname, "../../../examples/vulnerable-shop/shop.js");

export async function startShop(...args: string[]): Promise<Shop> {
  const child = spawn(process.execPath, [SHOP, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) =>
    child.once("close", () => {
      resolve();
    }),
  );
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    child.once("exit", () => {
      reject(new Error("the shop exited before it was listening"));
    });
  });
  const url = /^vulnerable-shop listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
  if (url === undefined) throw new Error(`the shop printed "${line}"`);
  return {
    ...{ url: new URL(url), process: child },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/** The processes whose command line holds a text, as `ps` prints them. */
export async function processesNaming(text: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eww", "-o", "pid=,args="], { maxBuffer: 16_777_216 });
  return stdout.split("\n").filter((line) => line.includes(text));
}

/** The work folder that the command line of a run names. */
export function workFolderIn(messages: readonly string[]): string {
  const folder = /-o '?(\S+)\/report\.json/.exec(
    messages.find((message) => message.startsWith("running: ")) ?? "",
  )?.[1];
  if (folder === undefined) throw new Error("no command line was told");
  return folder;
}

/** Collects what is told of a scan, and lets a test wait for a word of it. */
export class ProgressLog {
  readonly messages: string[] = [];
  readonly fractions: number[] = [];
  private waiting: (() => void)[] = [];

  readonly onProgress = ({ message, fraction }: ScanProgress): void => {
    this.messages.push(message);
    if (fraction !== undefined) this.fractions.push(fraction);
    for (const wake of this.waiting.splice(0)) wake();
  };

  async untilTold(part: string): Promise<void> {
    while (!this.messages.some((message) => message.includes(part))) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}
