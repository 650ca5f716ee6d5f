import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createWapitiScanner } from "../../src/scanners/wapiti";
import { CACHE_DIR, describeReal, REAL_TIMEOUT_MS } from "./real";
import type { Seen } from "./scan-in-namespace";

jest.setTimeout(REAL_TIMEOUT_MS);

const NAME = `crashtest-${process.pid}`;
const CONFIG = `/etc/netns/${NAME}`;
/** The interface of the namespace beyond loopback. All that is not for loopback would leave by it, and nobody answers. */
const DEVICE = "beyond0";
const PROGRAM = join(__dirname, "scan-in-namespace.ts");

const ip = (...args: string[]): Buffer => execFileSync("ip", args, { stdio: ["ignore", "pipe", "pipe"] });
const inside = (...args: string[]): Buffer => ip("netns", "exec", NAME, ...args);

function removeNamespace(): void {
  try {
    ip("netns", "del", NAME);
  } catch {
    // It was never made.
  }
  rmSync(CONFIG, { recursive: true, force: true });
}

/** Makes a network of its own: loopback, a way out that is counted, and a name server of our own at 127.0.0.1. */
function makeNamespace(): void {
  ip("netns", "add", NAME);
  mkdirSync(CONFIG, { recursive: true });
  writeFileSync(join(CONFIG, "resolv.conf"), "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
  inside("ip", "link", "set", "lo", "up");
  inside("ip", "link", "add", DEVICE, "type", "veth", "peer", "name", "peer0");
  for (const device of [DEVICE, "peer0"]) {
    // Or the kernel's own IPv6 greetings would be counted.
    inside("sh", "-c", `echo 1 > /proc/sys/net/ipv6/conf/${device}/disable_ipv6`);
    inside("ip", "link", "set", device, "up");
  }
  inside("ip", "address", "add", "192.0.2.1/24", "dev", DEVICE);
  inside("ip", "neighbour", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:02", "dev", DEVICE);
  inside("ip", "route", "add", "default", "via", "192.0.2.2");
}

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "this is not Linux";
  if (process.getuid?.() !== 0) return "only root can make a network namespace";
  try {
    makeNamespace();
    return undefined;
  } catch (error) {
    return `no network namespace can be made here: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    removeNamespace();
  }
}

async function watchScan(leftOut: string): Promise<Seen> {
  const node = [process.execPath, "--import", "tsx", PROGRAM, CACHE_DIR, DEVICE, leftOut];
  const { stdout } = await promisify(execFile)("ip", ["netns", "exec", NAME, ...node]);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Seen;
}

const reason = whyNot();
if (reason !== undefined) console.warn(`SKIPPED: a real scan in a network of its own, for ${reason}`);

describeReal("in a network of its own, a real scan", () => {
  const test = reason === undefined ? it : it.skip;

  beforeAll(async () => {
    if (reason !== undefined) return;
    await createWapitiScanner({ cacheDir: CACHE_DIR });
    makeNamespace();
  });
  afterAll(() => {
    if (reason === undefined) removeNamespace();
  });

  test("looks up no name and sends nothing beyond loopback", async () => {
    const seen = await watchScan("");

    expect(seen.state).toBe("finished");
    expect(seen.lookUps).toEqual([]);
    expect(seen.packetsBeyond).toBe(0);
  });

  test("would be seen looking up a name, were it not for --dns-endpoint", async () => {
    expect((await watchScan("--dns-endpoint")).lookUps).not.toEqual([]);
  });

  test("would be seen going elsewhere, were it not for the proxy", async () => {
    expect((await watchScan("-p")).packetsBeyond).toBeGreaterThan(0);
  });
});
