import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import { chooseEngine, type EngineSource, type UsableCandidate } from "./choose";
import { EngineStepError, type Attempt } from "./engine-error";
import { inspectEngine } from "./inspect";

/** What a recipe gets in addition to the folder. */
export interface MakerContext {
  env: NodeJS.ProcessEnv;
  /** Receives a line of progress. */
  say: (line: string) => void;
}

/**
 * Puts an engine into `root`, executables in `root/bin`.
 * @throws EngineStepError with the reason in one line.
 */
export type EngineMaker = (root: string, context: MakerContext) => Promise<void>;

/** A way to create an engine, and its folder in the cache. */
export interface EngineRecipe {
  source: Exclude<EngineSource, "path">;
  what: string;
  folder: string;
  make: EngineMaker;
}

const TEMPORARY = ".incomplete-";

/** Creates an engine by the first recipe that works. Call it only while holding the cache's lock. */
export async function setUpEngine(
  cacheDir: string,
  recipes: readonly EngineRecipe[],
  context: MakerContext,
): Promise<{ engine: UsableCandidate | undefined; attempts: readonly Attempt[] }> {
  await mkdir(cacheDir, { recursive: true });
  await removeIncomplete(cacheDir);
  const attempts: Attempt[] = [];
  for (const recipe of recipes) {
    try {
      return { engine: await follow(cacheDir, recipe, context), attempts };
    } catch (error) {
      if (!(error instanceof EngineStepError)) throw error;
      attempts.push({ what: recipe.what, reason: error.message });
      context.say(`${recipe.what}: ${error.message}.`);
    }
  }
  return { engine: undefined, attempts };
}

/**
 * Puts a folder into the cache, whole or not at all. Call it only while holding the cache's lock.
 *
 * @param make fills the folder that it gets, which is not yet the final one
 */
export async function makeInCache(
  cacheDir: string,
  folder: string,
  make: (root: string) => Promise<void>,
): Promise<void> {
  const finished = join(cacheDir, folder);
  const temporary = `${finished}${TEMPORARY}${randomUUID()}`;
  try {
    await mkdir(temporary, { recursive: true });
    await make(temporary);
    // An older one of this name exists only if it was found broken.
    if (existsSync(finished)) await rename(finished, `${finished}${TEMPORARY}${randomUUID()}`);
    await rename(temporary, finished);
  } finally {
    await removeIncomplete(cacheDir);
  }
}

/** Removes leftovers of an interrupted setup; the lock guarantees that none is running. */
async function removeIncomplete(cacheDir: string): Promise<void> {
  const names = await readdir(cacheDir);
  const incomplete = names.filter(
    (name) => /^(?:engine|languages|python-sdk|sdk-generator)-/.test(name) && name.includes(TEMPORARY),
  );
  await Promise.all(incomplete.map((name) => rm(join(cacheDir, name), { recursive: true, force: true })));
}

async function follow(cacheDir: string, recipe: EngineRecipe, context: MakerContext): Promise<UsableCandidate> {
  await makeInCache(cacheDir, recipe.folder, async (root) => {
    await recipe.make(root, context);
    await verify(recipe, join(root, "bin"), context.env);
  });
  return verify(recipe, join(cacheDir, recipe.folder, "bin"), context.env);
}

async function verify(recipe: EngineRecipe, binDir: string, env: NodeJS.ProcessEnv): Promise<UsableCandidate> {
  const candidate = await inspectEngine(recipe.source, binDir, env);
  const { use, passedOver } = chooseEngine(candidate ? [candidate] : []);
  if (!use) throw new EngineStepError(passedOver[0]?.reason ?? 'it produced no "pulumi"');
  return use;
}
