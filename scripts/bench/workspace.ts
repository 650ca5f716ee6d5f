import { rmSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { version as sdkVersion } from "@pulumi/pulumi/package.json";

import { REPOSITORY_ROOT } from "../engine/cache";
import { onEndingSignal, runCommand } from "../process/run-command";
import { VARIANTS, type Variant } from "./measurement";

/** One name for all, since it appears many times in the state. */
export const PULUMI_PROJECT = "bench";
/** The program with a gate of the plugin, which has a folder of this name. */
export const GATE_PROGRAM = "plugin-gate";
const PROGRAMS_DIR = join(__dirname, "programs");
const FLOOR_PLUGIN = "pulumi-resource-crashtest";

/** A folder with one Pulumi program per variant, over the packed package, installed as its users install it. */
export interface Workspace {
  /** Folder of a variant's program; it has the variant's name. */
  dir: string;
  /** Folders of the two plugins of the same name, for the PATH. */
  pluginDirs: Readonly<Record<"plugin" | "floor", string>>;
  /** The variants that there is a program of. */
  variants: readonly Variant[];
  remove: () => Promise<void>;
}

/** @param earlier the tarball of an earlier release, if it is to be compared */
export async function createWorkspace(earlier: string | undefined): Promise<Workspace> {
  const dir = await mkdtemp(join(tmpdir(), "pulumi-crashtest-bench-"));
  const forgetSignals = onEndingSignal(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const remove = (): Promise<void> => {
    forgetSignals();
    return rm(dir, { recursive: true, force: true });
  };
  try {
    await npm(REPOSITORY_ROOT, ["pack", "--pack-destination", dir]);
    const tarball = (await readdir(dir)).find((name) => name.endsWith(".tgz"));
    if (tarball === undefined) throw new Error("npm pack made no tarball");
    await install(dir, join(dir, tarball));
    const variants = VARIANTS.filter((variant) => variant !== "earlier" || earlier !== undefined);
    for (const variant of variants) await writeProgram(dir, variant);
    await writeProgram(dir, GATE_PROGRAM);
    // Each in its own folder: the two are laid out alike, and modules of a parent's folder are found more slowly.
    await install(join(dir, "ours"), join(dir, tarball));
    if (earlier !== undefined) await install(join(dir, "earlier"), resolve(earlier));
    const own = join(dir, "node_modules/pulumi-crashtest/bin");
    return { dir, pluginDirs: { plugin: own, floor: await writeFloorPlugin(dir) }, variants, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function install(dir: string, tarball: string): Promise<void> {
  await writeFile(join(dir, "package.json"), JSON.stringify({ name: "bench", private: true }));
  const packages = [tarball, `@pulumi/pulumi@${sdkVersion}`];
  await npm(dir, ["install", "--prefer-offline", "--no-audit", "--no-fund", ...packages]);
}

async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runCommand("npm", args, { cwd });
  if (exitCode !== 0) throw new Error(`"npm ${args.join(" ")}" failed: ${stderr.trim()}`);
}

async function writeProgram(dir: string, name: Variant | typeof GATE_PROGRAM): Promise<void> {
  const programDir = join(dir, name);
  await mkdir(join(programDir, "backend"), { recursive: true });
  await writeFile(join(programDir, "Pulumi.yaml"), `name: ${PULUMI_PROJECT}\nruntime: nodejs\nmain: index.js\n`);
  const program = name === "earlier" ? "ours" : name;
  await copyFile(join(PROGRAMS_DIR, `${program}.js`), join(programDir, "index.js"));
}

async function writeFloorPlugin(dir: string): Promise<string> {
  await copyFile(join(PROGRAMS_DIR, "floor-plugin.js"), join(dir, "floor-plugin.js"));
  const binDir = join(dir, "bin");
  await mkdir(binDir);
  const plugin = join(binDir, FLOOR_PLUGIN);
  await writeFile(plugin, `#!/bin/sh\nexec node "${join(dir, "floor-plugin.js")}" "$@"\n`);
  await chmod(plugin, 0o755);
  return binDir;
}
