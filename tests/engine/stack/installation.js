"use strict";
/**
 * Packs the package once for all engine tests, and installs it from its tarball into an empty folder, as a user would.
 * The programs of the tests are folders inside of it.
 */
const { execFile, execFileSync } = require("node:child_process");
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const { promisify } = require("node:util");

const plan = require("../../../scripts/bootstrap/plan");
const startKeyService = require("./key-service");

/** The programs are in JavaScript, which is what the compiler of TypeScript would be loaded to find out. */
const PROJECT = "name: tests\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";

const root = resolve(__dirname, "../../..");
const npm = (args, cwd) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

function pack(folder) {
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder, "--ignore-scripts"], root));
  return join(folder, filename);
}

/** What a program's folder has after `pulumi stack init test`: each test that needs a stack takes a copy. */
async function makeStack(folder) {
  const stack = join(folder, "stack");
  mkdirSync(join(stack, "state"), { recursive: true });
  writeFileSync(join(stack, "Pulumi.yaml"), PROJECT);
  writeFileSync(join(stack, "package.json"), JSON.stringify({ name: "program", private: true, main: "index.js" }));
  const { secretsProvider, environment } = await startKeyService();
  Object.assign(process.env, environment);
  const env = { ...process.env, PULUMI_BACKEND_URL: `file://${stack}/state` };
  const args = ["stack", "init", "test", "--secrets-provider", secretsProvider, "--non-interactive", "--no-select"];
  await promisify(execFile)("pulumi", args, { cwd: stack, env });
  return stack;
}

module.exports = async () => {
  try {
    execFileSync("pulumi", ["version"], { stdio: "ignore" });
  } catch {
    throw new Error(
      "There is no pulumi on the PATH: run the engine tests by `npm test -- --only engine`, which finds one.",
    );
  }
  // Built already where npm test started this; jest alone may meet sources that are newer than what was built.
  if (plan.decide(plan.readFacts(root)).build) {
    execFileSync(process.execPath, [join(root, "scripts/build.mjs")], { stdio: "inherit" });
  }
  const folder = mkdtempSync(join(tmpdir(), "pulumi-crashtest-engine-tests-"));
  // As the repository has them: the SDK, and what it needs for programs in TypeScript.
  const dependencies = ["@pulumi/pulumi", "typescript", "@types/node"].map(
    (name) => `${name}@${require(`${name}/package.json`).version}`,
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "programs", private: true }));
  const tarball = pack(folder);
  npm(["install", "--no-audit", "--no-fund", "--prefer-offline", tarball, ...dependencies], folder);
  process.env.CRASHTEST_TEST_TARBALL = tarball;
  process.env.CRASHTEST_TEST_STACK = await makeStack(folder);
  process.env.CRASHTEST_TEST_INSTALLATION = folder;
};

module.exports.remove = () => {
  rmSync(process.env.CRASHTEST_TEST_INSTALLATION, { recursive: true, force: true });
};
