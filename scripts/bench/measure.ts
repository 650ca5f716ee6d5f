import { stat } from "node:fs/promises";
import { delimiter, join } from "node:path";

import type { Engine } from "../engine/ensure-engine";
import { runCommand } from "../process/run-command";
import { testEnvironment } from "../test/environment";
import type { Sample, Variant } from "./measurement";
import type { BenchService } from "./service";
import { PULUMI_PROJECT, type Workspace } from "./workspace";

const STACK = "bench";

export interface Bench {
  engine: Engine;
  service: BenchService;
  workspace: Workspace;
}

/** Deploys, deploys again, and destroys one variant; throws if the service did not see what it should have. */
export async function measure(
  { engine, service, workspace }: Bench,
  variant: Variant,
  projects: number,
): Promise<Sample> {
  const dir = join(workspace.dir, variant);
  const env = benchEnvironment({ engine, service, workspace }, variant, projects);
  const pulumi = async (...args: string[]): Promise<number> => {
    const startedMs = performance.now();
    const { exitCode, stdout, stderr } = await runCommand(engine.pulumi, [...args, "--non-interactive"], {
      cwd: dir,
      env,
    });
    if (exitCode !== 0) throw new Error(`${variant}: "pulumi ${args.join(" ")}" failed:\n${stdout}\n${stderr}`);
    return performance.now() - startedMs;
  };
  const deploy = (...args: string[]): Promise<number> => pulumi(...args, "--stack", STACK, "--yes", "--skip-preview");

  await pulumi("stack", "init", STACK);
  service.takeCounts();
  const upMs = await deploy("up");
  expectCounts(variant, service, { created: projects, deleted: 0 });
  const { size: stateBytes } = await stat(join(dir, "backend/.pulumi/stacks", PULUMI_PROJECT, `${STACK}.json`));
  const noOpUpMs = await deploy("up", "--expect-no-changes");
  expectCounts(variant, service, { created: 0, deleted: 0 });
  const destroyMs = await deploy("destroy");
  expectCounts(variant, service, { created: 0, deleted: projects });
  await pulumi("stack", "rm", STACK, "--yes");
  return { variant, projects, upMs, noOpUpMs, destroyMs, stateBytes };
}

/** Returns the environment of the CLI for one variant. */
export function benchEnvironment(
  { engine, service, workspace }: Bench,
  variant: Variant,
  projects: number,
): NodeJS.ProcessEnv {
  const { dir, pluginDirs } = workspace;
  return {
    ...testEnvironment(process.env, engine),
    PATH: [variant === "plugin" ? pluginDirs.plugin : pluginDirs.floor, engine.env["PATH"]].join(delimiter),
    PULUMI_HOME: join(dir, "home"),
    PULUMI_BACKEND_URL: `file://${join(dir, variant, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    CRASHTEST_ENDPOINT: service.endpoint,
    CRASHTEST_API_KEY: "bench-key",
    CRASHTEST_TEAM_ID: "42",
    BENCH_PROJECTS: String(projects),
  };
}

function expectCounts(variant: Variant, service: BenchService, expected: ReturnType<BenchService["takeCounts"]>): void {
  const { created, deleted } = service.takeCounts();
  if (created === expected.created && deleted === expected.deleted) return;
  throw new Error(
    `${variant}: the service saw ${created} creates and ${deleted} deletes instead of ${expected.created} and ${expected.deleted}`,
  );
}
