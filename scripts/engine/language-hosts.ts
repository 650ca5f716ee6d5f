import { realpathSync } from "node:fs";
import { chmod, copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { runCommand } from "../process/run-command";
import { cacheRoot, ENGINE_MODULES_DIR, languagesFolder } from "./cache";
import { withCacheLock } from "./cache-lock";
import { EngineStepError } from "./engine-error";
import { goBuild, requireGo } from "./go-build";
import { findExecutable, pathFolders } from "./inspect";
import { makeInCache, type EngineMaker } from "./set-up";

/** What an engine needs in addition to run programs in YAML and Python. The last is a script that the host for Python starts. */
const LANGUAGE_HOSTS = ["pulumi-language-yaml", "pulumi-language-python", "pulumi-language-python-exec"] as const;

export interface LanguageHostsOptions {
  /** Its PATH leads to the engine. Default: this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Receives lines of progress. Default: standard error. */
  say?: (line: string) => void;
  /** Default: built with Go. */
  build?: EngineMaker;
}

/**
 * Finds the language hosts for YAML and Python beside the CLI, as in the vendor's release, or in the cache; otherwise builds them
 * into the cache, which takes one to three minutes, once per machine.
 *
 * @returns the folder of the hosts, for the PATH
 * @throws Error with the reason if they cannot be built
 */
export async function ensureLanguageHosts(options: LanguageHostsOptions = {}): Promise<string> {
  const { env = process.env, say = (line) => process.stderr.write(`${line}\n`), build = buildLanguageHosts } = options;
  const cacheDir = cacheRoot(env);
  const folder = languagesFolder();
  const inCache = join(cacheDir, folder, "bin");
  const found = [...besideEngine(env), inCache].find(hasAll);
  if (found !== undefined) return found;

  await withCacheLock(cacheDir, say, async () => {
    if (hasAll(inCache)) return;
    try {
      await makeInCache(cacheDir, folder, (root) => build(root, { env, say }));
    } catch (error) {
      if (!(error instanceof EngineStepError)) throw error;
      throw new Error(
        `the language hosts for YAML and Python are not beside "pulumi", and cannot be built: ${error.message}. ` +
          "Install Pulumi's release, which has them, or Go 1.26 or newer.",
        { cause: error },
      );
    }
  });
  return inCache;
}

function besideEngine(env: NodeJS.ProcessEnv): string[] {
  const pulumi = findExecutable("pulumi", pathFolders(env));
  return pulumi === undefined ? [] : [dirname(pulumi), dirname(realpathSync(pulumi))];
}

const hasAll = (folder: string): boolean =>
  LANGUAGE_HOSTS.every((name) => findExecutable(name, [folder]) !== undefined);

/** Builds the hosts from the two Go modules of this repository. */
export const buildLanguageHosts: EngineMaker = async (root, context) => {
  await requireGo(context.env);
  const binDir = join(root, "bin");
  await mkdir(binDir, { recursive: true });
  await goBuild("pulumi-language-yaml (a minute)", "language-yaml", context, [
    "-ldflags",
    "-s -w",
    "-o",
    join(binDir, "pulumi-language-yaml"),
    "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  ]);
  await goBuild("pulumi-language-python (less than a minute)", "language-python", context, [
    "-ldflags",
    "-s -w",
    "-o",
    join(binDir, "pulumi-language-python"),
    "github.com/pulumi/pulumi/sdk/python/cmd/pulumi-language-python/v3",
  ]);
  const script = join(binDir, "pulumi-language-python-exec");
  const sdk = await folderOfModule("github.com/pulumi/pulumi/sdk/v3", "language-python", context.env);
  await copyFile(join(sdk, "python/cmd/pulumi-language-python-exec"), script);
  await chmod(script, 0o755);
};

/** Returns where Go keeps the sources of a module that another one needs. */
async function folderOfModule(name: string, module: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommand("go", ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", name], {
    cwd: join(ENGINE_MODULES_DIR, module),
    env: { ...env, GOWORK: "off" },
  });
  if (exitCode !== 0 || stdout.trim() === "")
    throw new EngineStepError(`"go list" of ${name} failed: ${stderr.trim()}`);
  return stdout.trim();
}
