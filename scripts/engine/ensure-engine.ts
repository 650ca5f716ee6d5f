import { delimiter, dirname, join } from "node:path";

import { version as sdkVersion } from "@pulumi/pulumi/package.json";

import { buildEngine } from "./build";
import { cacheRoot, engineFolder, hashEngineModules, readBuiltVersion } from "./cache";
import { withCacheLock } from "./cache-lock";
import { chooseEngine, type Candidate, type Choice, type EngineSource, type UsableCandidate } from "./choose";
import { EngineError } from "./engine-error";
import { findExecutable, inspectEngine, pathFolders } from "./inspect";
import { installEngine } from "./install";
import { setUpEngine, type EngineMaker, type EngineRecipe } from "./set-up";

/** A Pulumi engine that works on this machine. */
export interface Engine {
  /** Path of the executable. */
  pulumi: string;
  /** Folder of the executable. */
  binDir: string;
  version: string;
  source: EngineSource;
  /** What a child needs in addition to our environment: the PATH with `binDir` first, and no update check. */
  env: Record<string, string>;
}

export interface EngineOptions {
  /** Default: this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Receives lines of progress. Default: standard error. */
  say?: (line: string) => void;
  /** Default: the vendor's installer. */
  install?: EngineMaker;
  /** Default: built with Go. */
  build?: EngineMaker;
}

/**
 * Finds or creates a Pulumi engine: `pulumi` on the PATH, if it is new enough and complete; otherwise one from the cache;
 * otherwise by the vendor's installer; otherwise built from source. Takes seconds if one exists, otherwise up to ten minutes.
 * @throws EngineError (`ENGINE_NOT_AVAILABLE`) if all ways fail; its message says what to install.
 */
export async function ensureEngine(options: EngineOptions = {}): Promise<Engine> {
  const { env = process.env, say = sayOnErrorChannel } = options;
  const cacheDir = cacheRoot(env);
  const recipes = engineRecipes(options);
  const found = await findEngine(cacheDir, recipes, env);
  if (found.use) return toEngine(found.use, env);

  for (const { what, reason } of found.passedOver) say(`Not used: ${what}: ${reason}.`);
  return withCacheLock(cacheDir, say, async () => {
    const again = await findEngine(cacheDir, recipes, env);
    if (again.use) return toEngine(again.use, env);
    const { engine, attempts } = await setUpEngine(cacheDir, recipes, { env, say });
    if (!engine) throw new EngineError([...withMissingPath(again), ...attempts]);
    return toEngine(engine, env);
  });
}

function engineRecipes({ install = installEngine, build = buildEngine }: EngineOptions): EngineRecipe[] {
  const built = engineFolder(readBuiltVersion(), hashEngineModules());
  return [
    { source: "installed", what: "The vendor's installer", folder: engineFolder(sdkVersion), make: install },
    { source: "built", what: "The build from source", folder: built, make: build },
  ];
}

async function findEngine(cacheDir: string, recipes: readonly EngineRecipe[], env: NodeJS.ProcessEnv): Promise<Choice> {
  const onPath = findExecutable("pulumi", pathFolders(env));
  const places: { source: EngineSource; binDir: string }[] = [
    ...(onPath === undefined ? [] : [{ source: "path" as const, binDir: dirname(onPath) }]),
    ...recipes.map(({ source, folder }) => ({ source, binDir: join(cacheDir, folder, "bin") })),
  ];
  const candidates: Candidate[] = [];
  for (const { source, binDir } of places) {
    const candidate = await inspectEngine(source, binDir, env);
    if (candidate) candidates.push(candidate);
    if (candidate && chooseEngine([candidate]).use) break;
  }
  return chooseEngine(candidates);
}

function withMissingPath({ passedOver }: Choice): Choice["passedOver"] {
  return passedOver.length > 0 ? passedOver : [{ what: "pulumi on the PATH", reason: "not found" }];
}

function toEngine({ binDir, version, source }: UsableCandidate, env: NodeJS.ProcessEnv): Engine {
  const folders = [binDir, ...pathFolders(env).filter((folder) => folder !== binDir)];
  return {
    pulumi: findExecutable("pulumi", [binDir]) ?? join(binDir, "pulumi"),
    binDir,
    version,
    source,
    env: { PATH: folders.join(delimiter), PULUMI_SKIP_UPDATE_CHECK: "true" },
  };
}

function sayOnErrorChannel(line: string): void {
  process.stderr.write(`${line}\n`);
}
