import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startLocalService } from "../../local/src";
import { decide, readFacts } from "../bootstrap/plan";
import { REPOSITORY_ROOT } from "../engine/cache";
import { ensureEngine } from "../engine/ensure-engine";
import { runCommand } from "../process/run-command";
import { testEnvironment } from "../test/environment";
import { PROGRAM, SCANS } from "./run-scene";

const TEAM_ID = 42;
const API_KEY = "the-key-of-the-picture";
/** Both appear in the picture. */
const [PULUMI_PROJECT, STACK] = ["shop", "production"];

/** Deploys the program of the picture twice on the real engine, and returns the second run's output, with colours. */
export async function outputOfSecondRun(): Promise<string> {
  await buildPackage();
  const folder = await mkdtemp(join(tmpdir(), "crashtest-picture-"));
  const seed = {
    teams: [{ id: TEAM_ID, name: "Shop" }],
    users: [{ name: "anna", apiKey: API_KEY, teamIds: [TEAM_ID] }],
  };
  const service = await startLocalService({ script: { default: SCANS }, seed, firstId: 1 });
  try {
    await writeProgram(folder);
    const output = await deployTwice(folder, service.url);
    if (output.includes(folder) || output.includes(service.url))
      throw new Error("The run's output reveals details of this machine.");
    return output;
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds the package: a program uses the built files, which may be older than the sources. */
async function buildPackage(): Promise<void> {
  if (!decide(readFacts(REPOSITORY_ROOT)).build) return;
  const { exitCode, stdout } = await runCommand(process.execPath, [join(REPOSITORY_ROOT, "scripts/build.mjs")]);
  if (exitCode !== 0) throw new Error(`The package could not be built:\n${stdout}`);
}

async function writeProgram(folder: string): Promise<void> {
  await mkdir(join(folder, "state"));
  await symlink(join(REPOSITORY_ROOT, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "Pulumi.yaml"), `name: ${PULUMI_PROJECT}\nruntime: nodejs\n`);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
  await writeFile(join(folder, "index.js"), PROGRAM);
}

/** The first deployment records the findings of the shop, the second one is held back. */
async function deployTwice(folder: string, endpoint: string): Promise<string> {
  const engine = await ensureEngine();
  const environment = {
    ...testEnvironment(process.env, engine),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "picture",
    CRASHTEST_ENDPOINT: endpoint,
    CRASHTEST_API_KEY: API_KEY,
    CRASHTEST_TEAM_ID: String(TEAM_ID),
  };
  const pulumi = async (expected: "success" | "failure", build: string, ...args: string[]): Promise<string> => {
    const env = { ...environment, BUILD: build };
    const ended = await runCommand(engine.pulumi, [...args, "--non-interactive"], { cwd: folder, env });
    if ((ended.exitCode === 0) !== (expected === "success"))
      throw new Error(`pulumi ${args.join(" ")} should have ended in ${expected}:\n${ended.stdout}\n${ended.stderr}`);
    return ended.stdout;
  };
  await pulumi("success", "1", "stack", "init", STACK);
  await pulumi("success", "1", "up", "--yes", "--skip-preview");
  return pulumi("failure", "2", "up", "--yes", "--skip-preview", "--color", "always");
}
