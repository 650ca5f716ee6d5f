import { join } from "node:path";

import { runCommand } from "../process/run-command";
import { ENGINE_MODULES_DIR } from "./cache";
import { EngineStepError } from "./engine-error";
import type { MakerContext } from "./set-up";

const ELAPSED_LINE_EVERY_MS = 30_000;
const BUILD_TIMEOUT_MS = 1_800_000;
/** Go 1.21 is the first version that fetches the newer toolchain named in the modules. */
const OLDEST_GO = [1, 21] as const;

/** @throws EngineStepError if there is no Go that can build the modules */
export async function requireGo(env: NodeJS.ProcessEnv): Promise<void> {
  if (process.platform === "win32") throw new EngineStepError("it cannot be built on Windows");
  const { exitCode, stdout, failure } = await runCommand("go", ["version"], { env });
  if (failure === "notFound") throw new EngineStepError('"go" was not found on the PATH');
  const version = /go(\d+)\.(\d+)/.exec(stdout);
  if (exitCode !== 0 || !version) throw new EngineStepError('"go version" printed no version');
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major === OLDEST_GO[0] && minor < OLDEST_GO[1]) {
    throw new EngineStepError(`Go ${major}.${minor} is too old; ${OLDEST_GO.join(".")} or newer is required`);
  }
}

/**
 * Builds a package of one of the modules in `engine/`.
 *
 * @param what what is built and how long it takes, for the lines of progress
 * @throws EngineStepError
 */
export async function goBuild(
  what: string,
  module: string,
  context: MakerContext,
  args: readonly string[],
): Promise<void> {
  const startedMs = performance.now();
  const elapsedSeconds = (): number => Math.round((performance.now() - startedMs) / 1000);
  context.say(`Building ${what} ...`);
  const ticker = setInterval(() => {
    context.say(`  still building after ${elapsedSeconds()} s`);
  }, ELAPSED_LINE_EVERY_MS);
  const { exitCode, stderr, failure } = await runCommand("go", ["build", "-mod=readonly", ...args], {
    cwd: join(ENGINE_MODULES_DIR, module),
    // A go.work file in a folder above the checkout must have no effect.
    env: { ...context.env, GOWORK: "off" },
    timeoutMs: BUILD_TIMEOUT_MS,
  }).finally(() => {
    clearInterval(ticker);
  });
  if (failure === "timeout") throw new EngineStepError(`"go build" of ${module} did not finish within 30 minutes`);
  if (exitCode !== 0) throw new EngineStepError(`"go build" of ${module} failed: ${lastLine(stderr)}`);
  context.say(`  done after ${elapsedSeconds()} s`);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
