import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { endProcess, isRunning } from "../../examples/vulnerable-shop/running-process";
import { endLeftover } from "../../examples/vulnerable-shop/server-start";
import { createWapitiScanner } from "../../local/src/scanners/wapiti";
import { CACHE_DIR, describeReal } from "../../local/tests/wapiti/real";
import { findFreePort } from "../../scripts/demo/free-port";
import { endWithTest } from "./stack/ending";
import { commandsOf, copyExample } from "./stack/example";
import { runWell } from "./stack/run";
import { API_KEY, TestService } from "./stack/service";
import { Stack } from "./stack/stack";

/** Three real scans, and a dozen calls of the CLI. */
jest.setTimeout(1_800_000);

const NAME = "vulnerable-shop";
const HOLES = [
  "critical 9.1 SQL Injection (sqlinjection), GET /account, parameter year",
  "critical 9.1 SQL Injection (sqlinjection), GET /article, parameter id",
  "critical 9.1 SQL Injection (sqlinjection), POST /api/stock, parameter article",
  "high 7.5 Local File Inclusion (fileinclusion), GET /sheet, parameter name",
  "medium 6.1 Cross-Site Scripting (XSS) (xss), GET /search, parameter q",
];

/** Those that find these. What else the scanner finds in the shop, and no more once it is mended, its own tests show. */
const MODULES = ["sql", "file", "xss"];

let service: TestService;
let stack: Stack;
let port: number;

/** A copy of the example in an installation of the package. The database of the shop is the checkout's. */
function setUp(): void {
  stack = Stack.empty();
  endWithTest(() => endLeftover(deployed()));
  mkdirSync(join(stack.folder, "node_modules"));
  symlinkSync(dirname(require.resolve("libsql")), join(stack.folder, "node_modules/libsql"));
  copyExample(NAME, stack, (path) => !/[/\\](deployed|node_modules)$/.test(path));
}

/** Runs commands of the example's README with what a person would answer, all but `pulumi up` and the local service. */
async function follow(heading: string, block?: number): Promise<void> {
  const blocks = commandsOf(NAME, heading);
  const lines = block === undefined ? blocks.flat() : (blocks[block] ?? []);
  const own = lines
    .filter((line) => !/^npx\b|pulumi up\b/.test(line))
    .map((line) =>
      line
        .replace("crashtest:apiKey", `crashtest:apiKey ${API_KEY}`)
        .replace("http://127.0.0.1:4747", service.url)
        .replace("config set port 8801", `config set port ${port}`),
    );
  await runWell("sh", ["-ec", own.join("\n")], { cwd: stack.folder, env: stack.environment });
}

const deployed = (...path: string[]): string => join(stack.folder, "deployed/dev", ...path);

const processOfShop = (): { pid: number; startedAt: string } =>
  JSON.parse(readFileSync(deployed("server.pid"), "utf8")) as { pid: number; startedAt: string };

const versionLive = (): unknown =>
  stack.state().resources.find(({ urn }) => urn.endsWith("::live"))?.outputs?.["version"];

/** The names of the scanned and deployed things in the state, without what is of the package's own making. */
const namesInState = (): string[] =>
  stack
    .state()
    .resources.map(({ urn }) => urn.split("::").at(-1) ?? "")
    .sort();

describeReal("vulnerable-shop with the real scanner", () => {
  beforeEach(async () => {
    const scanner = await createWapitiScanner({ cacheDir: CACHE_DIR, modules: MODULES });
    service = await TestService.start({}, { requireProof: true, scanner });
    port = await findFreePort();
    setUp();
    await follow("How to run it");
  });

  test("its holes close the gate, mended it opens, without its proof it is not scanned, and destroy leaves nothing", async () => {
    const firstPreview = await stack.well("preview");
    const closed = await stack.upFails();
    const withHoles = { names: namesInState(), shop: processOfShop() };
    const proof = stack.resource("proof").outputs ?? {};
    const served = await (await fetch(`http://127.0.0.1:${port}/${String(proof["name"])}`)).text();

    expect(firstPreview).toContain("the gate will wait for the scan that the deployment starts");
    expect(closed).toContain("gate closed (findings): scan 1 has too many findings");
    for (const hole of HOLES) expect(closed).toContain(hole);
    expect(withHoles.names).toEqual(expect.arrayContaining(["proof", "shop", "shop-gate", "shop-scan", "web"]));
    expect(withHoles.names).not.toContain("live");
    expect(isRunning(withHoles.shop)).toBe(true);
    expect(served).toBe(proof["content"]);

    await follow("What you see", 0);
    const preview = await stack.well("preview");
    await stack.up();
    await stack.up("--expect-no-changes");
    const mended = processOfShop();

    expect(preview).toMatch(/LocalProcess web update/);
    expect(preview).not.toContain("replace");
    expect(versionLive()).toBe("2");
    expect(await stack.outputs()).toMatchObject({ scanId: "2", findingCounts: { critical: 0, high: 0, medium: 0 } });
    expect([isRunning(withHoles.shop), isRunning(mended)]).toEqual([false, true]);

    await endProcess(mended);
    await stack.up();

    expect(isRunning(processOfShop())).toBe(true);
    expect(await stack.outputs()).toMatchObject({ scanId: "2" });

    rmSync(deployed("proof", String(proof["name"])));
    await stack.well("config", "set", "version", "3");
    const refused = await stack.upFails();

    expect(refused).toMatch(/409 \(target_not_verified .* Nothing was started: /);
    expect(versionLive()).toBe("2");

    await stack.up("--refresh");
    const last = processOfShop();

    expect(versionLive()).toBe("3");

    await stack.well("destroy", "--yes", "--skip-preview");

    expect(stack.state().resources).toEqual([]);
    expect(isRunning(last)).toBe(false);
    expect(existsSync(deployed())).toBe(false);
    expect(await service.projectNames()).toEqual([]);
  });
});
