import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

import { REPOSITORY_ROOT } from "../engine/cache";
import { EngineError } from "../engine/engine-error";
import { ensureEngine, type Engine } from "../engine/ensure-engine";
import { ensureLanguageHosts } from "../engine/language-hosts";
import { ensurePythonSdk } from "../engine/python-sdk";
import { ensureSdkGenerator } from "../engine/sdk-generator";
import { onEndingSignal } from "../process/run-command";
import { parseTestArguments, type TestArguments } from "./arguments";
import { isBrowserRequired } from "./browser";
import { testEnvironment } from "./environment";
import { tallyByProject, type JestResults } from "./results";
import { judgeTests } from "./verdict";

/** One more than cores, since tests sometimes wait. An engine test is several processes: four are enough. */
const MAX_WORKERS = Math.min(availableParallelism() + 1, 4);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs jest with its usual output, and its results in a file. */
function runJest(
  { projects, forJest }: TestArguments,
  env: NodeJS.ProcessEnv,
  outputFile: string,
): Promise<number | undefined> {
  const jest = join(REPOSITORY_ROOT, "node_modules/jest/bin/jest.js");
  const args = [
    "--selectProjects",
    ...projects,
    "--maxWorkers",
    String(MAX_WORKERS),
    "--json",
    "--outputFile",
    outputFile,
  ];
  const child = spawn(process.execPath, [jest, ...args, ...forJest], {
    cwd: REPOSITORY_ROOT,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const forgetSignals = onEndingSignal(() => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      forgetSignals();
      resolve(code ?? undefined);
    });
  });
}

/**
 * Sets up what programs in YAML and Python need, which the tests then find in the cache: within a test it would take too long.
 *
 * @returns why programs in Python cannot be run; undefined if they can
 */
async function prepareLanguages(engine: Engine): Promise<string | undefined> {
  await ensureLanguageHosts({ env: { ...process.env, ...engine.env } });
  const sdk = await ensurePythonSdk();
  return "reason" in sdk ? sdk.reason : undefined;
}

async function main(): Promise<number> {
  const args = parseTestArguments(process.argv.slice(2));
  const engine = args.projects.includes("engine") ? await ensureEngine() : undefined;
  if (engine) say(`Pulumi engine ${engine.version} (${engine.source}): ${engine.pulumi}`);
  const noPythonReason = engine && (await prepareLanguages(engine));
  // The tests that need it say which of them did not run, and why.
  if (args.projects.includes("package")) await ensureSdkGenerator();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-crashtest-test-"));
  const removeFolder = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const forgetSignals = onEndingSignal(removeFolder);
  try {
    const outputFile = join(folder, "results.json");
    const temporaryFolder = join(folder, "tmp");
    mkdirSync(temporaryFolder);
    const env = { ...testEnvironment(process.env, engine), TMPDIR: temporaryFolder };
    const exitCode = await runJest(args, env, outputFile);
    if (!existsSync(outputFile)) throw new Error("jest exited without results; see its output above.");
    if (args.resultsFile !== undefined) copyFileSync(outputFile, args.resultsFile);
    const results = JSON.parse(readFileSync(outputFile, "utf8")) as JestResults;
    const tallies = tallyByProject(results, REPOSITORY_ROOT);
    const leftBehind = readdirSync(temporaryFolder);
    const verdict = judgeTests(tallies, args, {
      exitCode,
      leftBehind,
      isBrowserRequired: isBrowserRequired(process.env),
      noPythonReason,
    });
    verdict.lines.forEach(say);
    return verdict.exitCode;
  } finally {
    forgetSignals();
    removeFolder();
  }
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.exitCode = 1;
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${error instanceof EngineError ? text : `npm test: ${text}`}\n`);
    say("0 passed, 0 failed, 0 skipped");
  },
);
