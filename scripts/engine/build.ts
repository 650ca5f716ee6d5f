import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runCommand } from "../process/run-command";
import { ENGINE_MODULES_DIR, readBuiltVersion } from "./cache";
import { EngineStepError } from "./engine-error";
import type { EngineMaker, MakerContext } from "./set-up";

const ELAPSED_LINE_EVERY_MS = 30_000;
const BUILD_TIMEOUT_MS = 1_800_000;
/** Go 1.21 is the first version that fetches the newer toolchain named in the modules. */
const OLDEST_GO = [1, 21] as const;

/** Without the `|| exit 1` a failed lookup would become `node ""`, and the engine would wait forever. */
const DYNAMIC_PROVIDER_SCRIPT = `#!/bin/sh
p=$(node -p 'require.resolve("@pulumi/pulumi/cmd/dynamic-provider")') || exit 1; exec node "$p" "$@"
`;

/** Builds the CLI and its language host for Node from the two Go modules of this repository. */
export const buildEngine: EngineMaker = async (root, context) => {
  if (process.platform === "win32") throw new EngineStepError("it cannot be built on Windows");
  await requireGo(context.env);
  const binDir = join(root, "bin");
  await mkdir(binDir, { recursive: true });
  const version = readBuiltVersion();
  context.say(`Building the Pulumi engine ${version} from source: about 5 minutes on two cores, once per machine.`);
  await goBuild(`pulumi ${version} (about 4 minutes)`, "cli", context, [
    "-ldflags",
    `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`,
    "-o",
    join(binDir, "pulumi"),
    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  ]);
  await goBuild("pulumi-language-nodejs (less than a minute)", "language-nodejs", context, [
    "-ldflags",
    "-s -w",
    "-o",
    join(binDir, "pulumi-language-nodejs"),
    "github.com/pulumi/pulumi/sdk/nodejs/cmd/pulumi-language-nodejs/v3",
  ]);
  const script = join(binDir, "pulumi-resource-pulumi-nodejs");
  await writeFile(script, DYNAMIC_PROVIDER_SCRIPT);
  await chmod(script, 0o755);
};

async function requireGo(env: NodeJS.ProcessEnv): Promise<void> {
  const { exitCode, stdout, failure } = await runCommand("go", ["version"], { env });
  if (failure === "notFound") throw new EngineStepError('"go" was not found on the PATH');
  const version = /go(\d+)\.(\d+)/.exec(stdout);
  if (exitCode !== 0 || !version) throw new EngineStepError('"go version" printed no version');
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major === OLDEST_GO[0] && minor < OLDEST_GO[1]) {
    throw new EngineStepError(`Go ${major}.${minor} is too old; ${OLDEST_GO.join(".")} or newer is required`);
  }
}

async function goBuild(what: string, module: string, context: MakerContext, args: readonly string[]): Promise<void> {
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
