import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "./stack/ending";
import { runWell } from "./stack/run";
import { API_KEY, TestService } from "./stack/service";
import { API_ID, API_SECRET, VeracodeService } from "./stack/veracode-service";

const README = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
const { version: SDK } = JSON.parse(readFileSync(require.resolve("@pulumi/pulumi/package.json"), "utf8")) as {
  version: string;
};

let service: TestService;
let folder: string;

beforeEach(async () => {
  service = await TestService.start();
  folder = temporaryFolder("pulumi-crashtest-readme");
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
  for (const name of ["state", "tmp"]) mkdirSync(join(folder, name));
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${folder}/state`,
    PULUMI_CONFIG_PASSPHRASE: "readme",
    /** Where the compiler of the program leaves what it made. */
    TMPDIR: join(folder, "tmp"),
    CRASHTEST_ENDPOINT: service.url,
  };
  const follow = async (block: string, environment: NodeJS.ProcessEnv): Promise<string> => {
    const printed: string[] = [];
    for (const line of block.split("\n").map((text) => text.replace(/#.*/, "").trim())) {
      const options = { cwd: folder, env: environment, timeoutSeconds: 200 };
      if (line !== "") printed.push(await runWell("sh", ["-c", answered(line)], options));
    }
    return printed.join("\n");
  };
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
