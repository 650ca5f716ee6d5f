import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

let folder: string;
let files: string[];

const npm = (...args: string[]): string =>
  execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-crashtest-tarball-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true }));
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const [tarball] = JSON.parse(packed) as { filename: string; files: { path: string }[] }[];
  files = (tarball?.files ?? []).map(({ path }) => path);
  npm("install", "--no-audit", "--no-fund", "--prefer-offline", "--omit=peer", `./${tarball?.filename ?? ""}`);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("installing it brings its five dependencies, what these need, and nothing else", () => {
  const lock = readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: Record<string, unknown> };
  const installed = Object.keys(packages).map((path) => path.split("node_modules/").at(-1));

  const ofTable = [
    "@colors/colors",
    "ansi-regex",
    "emoji-regex",
    "is-fullwidth-code-point",
    "string-width",
    "strip-ansi",
  ];
  const ofXmlBuilder = ["@oozcitak/dom", "@oozcitak/infra", "@oozcitak/url", "@oozcitak/util", "argparse", "js-yaml"];
  const own = ["cli-table3", "saxes", "undici", "xmlbuilder2", "yaml"];
  expect(installed.sort()).toEqual(["pulumi-crashtest", ...own, "xmlchars", ...ofTable, ...ofXmlBuilder].sort());
});

test("it holds the built package, the contract and its papers: no server, no test, no example", () => {
  const others = files.filter((path) => !/^dist\/(sdk|provider|findings|contract)\//.test(path));

  expect(others.sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "contract/openapi.yaml",
    "package.json",
    "schemas/accept.schema.json",
  ]);
});

test("each built file has its types and a source map that holds the source", () => {
  const scripts = files.filter((path) => path.endsWith(".js"));
  const [first = ""] = scripts;
  const map = JSON.parse(readFileSync(join(folder, "node_modules/pulumi-crashtest", `${first}.map`), "utf8")) as {
    sourcesContent?: string[];
  };

  expect(scripts.length).toBeGreaterThan(20);
  expect(scripts.filter((path) => !files.includes(path.replace(/\.js$/, ".d.ts")))).toEqual([]);
  expect(scripts.filter((path) => !files.includes(`${path}.map`))).toEqual([]);
  expect(map.sourcesContent?.[0]?.length).toBeGreaterThan(0);
});

test("client, findings and the provider's entries load without Pulumi", () => {
  const program = `
    const { createClient } = require("pulumi-crashtest/client");
    const { parseFindings } = require("pulumi-crashtest/findings");
    const entries = ["project", "scan", "verdict"].map((name) => Object.keys(require("pulumi-crashtest/provider/" + name)).sort().join());
    console.log(typeof createClient, typeof parseFindings, new Set(entries).size, entries[0]);`;

  const output = execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" });

  expect(output.trim()).toBe("function function 1 check,configure,create,delete,diff,read,update");
});

test("what is not exported cannot be reached", () => {
  const { status, stderr } = spawnSync(process.execPath, ["-e", 'require("pulumi-crashtest/dist/sdk/client.js")'], {
    cwd: folder,
    encoding: "utf8",
  });

  expect(status).not.toBe(0);
  expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
});

const MODULES = [
  ["Node16", "Node16"],
  ["CommonJS", "Node10"],
  ["ESNext", "Bundler"],
] as const;

describe("a strict program", () => {
  let output: string;

  // One compiler for all of them: each would read the SDK's types anew.
  beforeAll(() => {
    for (const name of ["@pulumi", "@types"]) {
      symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
    }
    const programs = MODULES.map(([module, moduleResolution]) => writeProgram(module, moduleResolution));
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    ({ stdout: output } = spawnSync(process.execPath, [tsc, "--build", "--verbose", "--pretty", "false", ...programs], {
      cwd: folder,
      encoding: "utf8",
    }));
  }, 180_000);

  test.each(MODULES)("compiles with module %s and resolution %s", (_module, moduleResolution) => {
    const builds = output.split("Building project ");
    const build = builds.find((text) => text.includes(`program-${moduleResolution}/tsconfig.json'...`));

    expect(build?.split("\n").filter((line) => line.includes("error TS"))).toEqual([]);
  });
});

function writeProgram(module: string, moduleResolution: string): string {
  const program = join(folder, `program-${moduleResolution}`);
  mkdirSync(program);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: "ES2022",
    module,
    moduleResolution,
    types: ["node"],
  };
  writeFileSync(join(program, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  writeFileSync(join(program, "index.ts"), TYPED_PROGRAM);
  return program;
}

const TYPED_PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { createClient, type CrashtestClient } from "pulumi-crashtest/client";
import { parseFindings } from "pulumi-crashtest/findings";

const shop = new crashtest.Project("shop", { teamId: 42, url: pulumi.output("https://shop.example"), scanOnDeploy: true });
const scan: crashtest.Scan = shop.scan;
const byWebhook = new crashtest.Scan("hook", { webhook: "uuid", triggers: { build: 1 }, whenRunning: "join" });
// @ts-expect-error a scan has one target
new crashtest.Scan("both", { projectId: 1, webhook: "uuid" });
// @ts-expect-error a project has a url
new crashtest.Project("none", {});
const report = crashtest.getReportOutput({ projectId: shop.projectId, scanId: scan.scanId, format: "pdf" });
export const asset: pulumi.Output<pulumi.asset.Asset> = report.asset;
export const counts: pulumi.Output<number> = crashtest.getFindingsOutput({ projectId: 1, scanId: byWebhook.scanId }).findingCounts.high;
const client: CrashtestClient = createClient({ apiKey: "key" });
export const high: number = parseFindings("{}").findingCounts.high;
export { client };
`;
