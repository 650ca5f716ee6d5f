import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { ensureLanguageHosts } from "../../scripts/engine/language-hosts";
import { temporaryFolder } from "./stack/ending";
import { installForPython } from "./stack/python-stack";
import { run, runWell } from "./stack/run";
import { CLEAN, CRITICAL } from "./stack/scans";
import { API_KEY, TestService } from "./stack/service";
import { sharedInstallation } from "./stack/stack";
import { API_ID, API_SECRET, VeracodeService } from "./stack/veracode-service";

const ROOT = resolve(__dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const { version: SDK } = JSON.parse(readFileSync(require.resolve("@pulumi/pulumi/package.json"), "utf8")) as {
  version: string;
};

let service: TestService;
let folder: string;

beforeEach(async () => {
  service = await TestService.start();
  folder = temporaryFolder("pulumi-crashtest-readme");
  for (const name of ["state", "tmp"]) mkdirSync(join(folder, name));
});

/** The code blocks of a section, by their order. */
function codeBlocksOf(heading: string): string[] {
  const [, section = ""] = README.split(`## ${heading}\n`);
  return [...section.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
}

/** A command of the README, with what a person would answer and with the tarball in place of the registry. */
const answered = (command: string): string =>
  command
    .replace("crashtest:apiKey", `crashtest:apiKey ${API_KEY}`)
    .replace(/(crashtest:veracodeApiId) \w+/, `$1 ${API_ID}`)
    .replace("crashtest:veracodeApiKey", `crashtest:veracodeApiKey ${API_SECRET}`)
    .replace(/^pulumi (up|destroy)$/, "pulumi $1 --yes --non-interactive")
    .replace("npm install", "npm install --no-audit --no-fund --prefer-offline");

let archive: Promise<string> | undefined;

/** The folder of the plugin's archive, which is made once, as for a release. */
function archiveFolder(): Promise<string> {
  const out = join(sharedInstallation(), "archive");
  const args = ["scripts/run.mjs", "scripts/release/main.ts", "--out", out, "linux-amd64"];
  return (archive ??= runWell(process.execPath, args, { cwd: ROOT }).then(() => out));
}

/** What the CLI needs that follows the README in the folder. */
const cliEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PULUMI_BACKEND_URL: `file://${folder}/state`,
  PULUMI_CONFIG_PASSPHRASE: "readme",
  /** Where the compiler of the program leaves what it made. */
  TMPDIR: join(folder, "tmp"),
  CRASHTEST_ENDPOINT: service.url,
});

/** Runs the commands of a block, one after another. */
async function follow(block: string, env: NodeJS.ProcessEnv): Promise<string> {
  const printed: string[] = [];
  for (const line of block.split("\n").map((text) => text.replace(/#.*/, "").trim())) {
    const options = { cwd: folder, env, timeoutSeconds: 200 };
    if (line !== "") printed.push(await runWell("sh", ["-c", answered(line)], options));
  }
  return printed.join("\n");
}

test("the first program, written from the README alone against the packed tarball, deploys and destroys, with either key", async () => {
  const [packageJson = "", pulumiYaml = "", tsconfig = "", program = "", commands = "", atVeracode = ""] =
    codeBlocksOf("The first program");
  const tarball = `file:${process.env["CRASHTEST_TEST_TARBALL"] ?? ""}`;
  const dependencies = packageJson.replace(/("pulumi-crashtest": )"[^"]*"/, `$1"${tarball}"`).replace("^3.217.0", SDK);
  const files = {
    "package.json": dependencies,
    "Pulumi.yaml": pulumiYaml,
    "tsconfig.json": tsconfig,
    "index.ts": program,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const env = cliEnvironment();
  const printed = await follow(commands, env);

  expect(program.trim().split("\n").length).toBeLessThanOrEqual(20);
  expect(printed).toMatch(/scanId\s*: "1"/);
  expect(await service.takeLog()).toEqual([
    "POST /projects",
    "POST /projects/1/scans",
    "GET /projects/1/scans/1/status",
    "GET /projects/1/scans/1/report/xml",
    "GET /projects/1/scans/1/report/json",
    "DELETE /projects/1/scans/1",
    "DELETE /projects/1",
  ]);

  const veracode = await VeracodeService.start();
  writeFileSync(
    join(folder, "index.ts"),
    program.replace("  scanOnDeploy", "  authorizedToScan: true,\n  scanOnDeploy"),
  );
  const ofOtherService = await follow(`pulumi config rm crashtest:teamId\n${atVeracode}\npulumi up\npulumi destroy`, {
    ...env,
    CRASHTEST_ENDPOINT: veracode.url,
  });

  expect(ofOtherService).toMatch(/scanId\s*: "[0-9a-f-]{36}"/);
  expect(await veracode.targets()).toEqual([]);
});

test.each(["YAML", "Python"])(
  "the program in %s, copied from the README into an empty folder, deploys, closes, opens and destroys with the plugin alone",
  async (language) => {
    const [install = "", yaml = "", pythonYaml = "", requirements = "", python = ""] =
      codeBlocksOf("In Python and YAML");
    const files =
      language === "YAML"
        ? { "Pulumi.yaml": yaml }
        : { "Pulumi.yaml": pythonYaml, "requirements.txt": requirements, "__main__.py": python };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const installed = language === "Python" ? await installForPython(folder) : {};
    if (installed === undefined) return;
    const path = [await ensureLanguageHosts(), process.env["PATH"] ?? ""].join(delimiter);
    const env = { ...cliEnvironment(), ...installed, PATH: path, PULUMI_HOME: join(folder, "home") };
    const [, , , , commands = ""] = codeBlocksOf("The first program");
    const [settings = ""] = commands.replace("npm install\n", "").split("pulumi up\n");
    service.setScript({ default: [CRITICAL, CLEAN] });

    const archives = await archiveFolder();
    await follow(`${install.replace("--file ", `--file ${archives}/`)}\n${settings}`, env);
    const closed = await run("pulumi", ["up", "--yes", "--non-interactive"], { cwd: folder, env });
    const printed = await follow("pulumi config set version 2\npulumi up\npulumi destroy", env);

    expect(closed.exitCode).not.toBe(0);
    expect(closed.output).toContain("gate closed (findings): scan 1");
    expect(printed).toMatch(/scanId\s*: "2"/);
    expect(await service.projectIds()).toEqual([]);
  },
);
