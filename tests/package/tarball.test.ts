import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { startLocalService } from "crashtest-local";
import { createClient } from "pulumi-crashtest/client";
import { writeDocuments } from "./documents";
import { MODULES, programName, writeProgram } from "./typed-program";

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

type Packages = Record<string, { dependencies?: Record<string, string> }>;

/** The packages that are installed for these, and these themselves. */
function dependenciesOf(packages: Packages, names: readonly string[]): string[] {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {}));
  }
  return [...found];
}

test("installing it brings its dependencies, what these need, and nothing else", () => {
  const lock = readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: Packages };
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
  const own = ["@streamparser/json", "cli-table3", "saxes", "undici", "xmlbuilder2", "yaml"];
  // Programs have these in any case: they are dependencies of the SDK.
  const ofSdk = dependenciesOf(packages, ["@grpc/grpc-js", "google-protobuf"]);
  const expected = ["pulumi-crashtest", ...own, "xmlchars", ...ofTable, ...ofXmlBuilder, ...ofSdk];
  expect([...new Set(installed)].sort()).toEqual([...new Set(expected)].sort());
});

test("it holds the built package, the contract and its papers: no server, no test, no example", () => {
  const others = files.filter(
    (path) => !/^dist\/(cli|sdk|gate|report-files|program|provider|service|findings|errors|contract)\//.test(path),
  );

  expect(others.sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "bin/pulumi-crashtest.js",
    "bin/pulumi-resource-crashtest",
    "bin/pulumi-resource-crashtest.cmd",
    "bin/start-plugin.js",
    "contract/openapi.yaml",
    "contract/veracode.yaml",
    "package.json",
    "schemas/accept.schema.json",
    "schemas/schema.json",
  ]);
});

test("each built file has its types and a source map that holds the source", () => {
  const scripts = files.filter((path) => path.startsWith("dist/") && path.endsWith(".js"));
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

test("the command runs without Pulumi, and in its installation npx finds it", () => {
  const command = join(folder, "node_modules/.bin/pulumi-crashtest");
  const environment = { PATH: process.env["PATH"], CRASHTEST_WEBHOOK: "no UUID" };
  const inFolder = { cwd: folder, encoding: "utf8", env: environment } as const;

  const help = spawnSync("npx", ["pulumi-crashtest", "--help"], inFolder);
  const ends = ["report", "status", "findings", "accept"].map((name) =>
    spawnSync(command, [name, "--scan", "1"], inFolder),
  );

  expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining("Usage: npx pulumi-crashtest") as string });
  expect(ends.map(({ status, stderr }) => [status, stderr.split("\n")[0]])).toEqual([
    ...Array<unknown>(3).fill([2, expect.stringContaining("CRASHTEST_WEBHOOK must be the UUID")]),
    [2, expect.stringContaining("Unknown option '--scan'")],
  ]);
});

test("the installed command asks a service for all that it has, and accepts what it named", async () => {
  const apiKey = "key-of-a-user-5c1e";
  const service = await startLocalService({
    port: 0,
    seed: { teams: [{ id: 42, name: "Shop" }], users: [{ name: "anna", apiKey, teamIds: [42] }] },
    script: {
      default: { durationSeconds: 4, findings: { xss: [{ finding_description_slug: "xss", information: "open" }] } },
    },
  });
  const environment = { PATH: process.env["PATH"], CRASHTEST_API_KEY: apiKey, CRASHTEST_ENDPOINT: service.url };
  const shell = (line: string): Promise<{ stdout: string; stderr: string }> =>
    promisify(execFile)("bash", ["--norc", "-o", "pipefail", "-c", line], { cwd: folder, env: environment });
  const client = createClient({ endpoint: service.url, apiKey });
  try {
    const url = "https://shop.example.com/";
    const { projectId } = await client.projects.createProject({ teamId: "42", name: "shop", url, type: "webapp" });
    const { scanId } = await client.scans.startScan(projectId);
    const command = join(folder, "node_modules/.bin/pulumi-crashtest");
    const scan = `--project ${projectId} --scan ${scanId}`;

    const status = await shell(`while "${command}" status ${scan}; [ $? -eq 3 ]; do sleep 0.2; done`);
    const found = JSON.parse((await shell(`"${command}" findings ${scan} --format json | cat`)).stdout) as {
      findings: { fingerprint: string }[];
    };
    const [fingerprint = ""] = found.findings.map((finding) => finding.fingerprint);
    const accepted = await shell(`"${command}" accept ${fingerprint} --file a.yaml --reason x --expires 2999-12-31`);
    const report = await shell(`"${command}" report ${scan} --format pdf --output reports/report.pdf`);
    const beginning = await shell(`"${command}" report ${scan} --format pdf --output - | cat | cut -c 1-5 | sed 1q`);

    expect(status.stdout).toMatch(/^scan \d+: (queued|running) .*\nscan \d+: finished \(status code 102\)\n$/s);
    expect(readFileSync(join(folder, "a.yaml"), "utf8")).toContain(`- finding: ${fingerprint}\n`);
    expect([accepted.stdout, report.stdout]).toEqual(["", ""]);
    expect(report.stderr).toContain("is in reports/report.pdf");
    expect(readFileSync(join(folder, "reports/report.pdf"), "latin1")).toMatch(/^%PDF-/);
    expect(beginning).toEqual({ stdout: "%PDF-\n", stderr: "" });
  } finally {
    await client.close();
    await service.close();
  }
});

test("the HTML report has its style, which stands in no file of its own", () => {
  const program = `
    const { parseFindings, toHtml } = require("pulumi-crashtest/findings");
    console.log(toHtml(parseFindings('{"data":{"findings":{"xss":[]}}}')));`;

  const output = execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" });

  const [page, media] = ["html-style.css", "html-media.css"].map((file) =>
    readFileSync(join(ROOT, "findings/formats", file), "utf8"),
  );
  expect(output).toContain(`<style>${page}\n${media}</style>`);
  expect(files.filter((path) => path.endsWith(".css"))).toEqual([]);
});

test("what is not exported cannot be reached", () => {
  const { status, stderr } = spawnSync(process.execPath, ["-e", 'require("pulumi-crashtest/dist/sdk/client.js")'], {
    cwd: folder,
    encoding: "utf8",
  });

  expect(status).not.toBe(0);
  expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
});

/** Each program's errors, by its folder. */
let errors: Map<string, string[]>;
/** The files of the programs in README and docs. */
let documents: string[];

/** One compiler for all of them: each would read the SDK's types anew. */
function compilePrograms(): void {
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  for (const name of ["@pulumi", "@types/node"]) {
    rmSync(join(folder, "node_modules", name), { recursive: true, force: true });
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  documents = writeDocuments(join(folder, "documents"));
  const programs = MODULES.map((modules) => writeProgram(folder, modules));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const args = [tsc, "--build", "--verbose", "--pretty", "false", ...programs, join(folder, "documents")];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const builds = stdout.split("Building project ").slice(1);
  errors = new Map(
    builds.map((text) => [
      basename(dirname(text.slice(0, text.indexOf("'...")))),
      text.split("\n").filter((line) => line.includes("error TS")),
    ]),
  );
}

describe("with its types", () => {
  beforeAll(compilePrograms, 240_000);

  test.each(MODULES.map(programName))("a strict program compiles: %s", (name) => {
    expect(errors.get(name)).toEqual([]);
  });

  test("ES modules import its names", () => {
    const program = `
      import { getFindings, Project } from "pulumi-crashtest";
      import { createClient } from "pulumi-crashtest/client";
      import { parseFindings } from "pulumi-crashtest/findings";
      console.log([getFindings, Project, createClient, parseFindings].map(({ name }) => name).join());`;

    const args = ["--input-type=module", "--eval", program];
    const output = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });

    expect(output.trim()).toBe("getFindings,Project,createClient,parseFindings");
  });

  test("all that README and docs have of TypeScript compiles under README's own configuration", () => {
    expect(documents.length).toBeGreaterThan(8);
    expect(errors.get("documents")).toEqual([]);
  });

  test("the unit test that the docs show passes, and nobody is asked for anything", () => {
    expect(documents).toContain("testing/shop.test.ts");
    const { status, stdout } = spawnSync(
      process.execPath,
      ["--require", join(__dirname, "refuse-network.js"), "--test-reporter", "tap", "testing/shop.test.js"],
      { cwd: join(folder, "documents"), encoding: "utf8", env: { ...process.env, CRASHTEST_API_KEY: "key" } },
    );

    expect([status, stdout]).toEqual([0, expect.stringMatching(/^# pass 2$/m)]);
    expect(stdout).toMatch(/^# tests 2$/m);
  });
});
