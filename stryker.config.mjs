// Mutation testing of the pure modules: npm run mutation. Each change that no unit test notices is listed at the end.
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { PACKAGE_FOLDERS } from "./eslint.rooms.mjs";

const { projects } = createRequire(import.meta.url)("./jest.config.js");
const unit = projects.find(({ displayName }) => displayName === "unit");

/** What decides: each of these is a function of its arguments alone, so that a change of it can be seen in unit tests. */
const mutate = [
  "gate/rules/*.ts",
  "findings/{severity,fingerprint}.ts",
  "gate/wait/polling.ts",
  "gate/host/run-kind.ts",
  "sdk/triggers/digest.ts",
  "provider/lifecycle/{triggers,scan-difference}.ts",
  "service/http/retry.ts",
];

/** What the copy for the mutants has to hold. */
const copied = [
  "jest.config.js",
  "package.json",
  "scripts/mutation/tables.test.js",
  "scripts/test/durations.json",
  "scripts/test/longest-first.js",
  ...["contract", "schemas", "tests/unit", "tests/fixtures", ...PACKAGE_FOLDERS].map((folder) => `${folder}/**/*`),
];

const tempDirName = ".stryker-tmp";
// An interrupted run would leave it.
process.once("exit", () => {
  rmSync(tempDirName, { recursive: true, force: true, maxRetries: 3 });
});

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate,
  testRunner: "jest",
  jest: {
    // There is one test file.
    enableFindRelatedTests: false,
    config: {
      ...unit,
      projects: [],
      testMatch: ["<rootDir>/scripts/mutation/tables.test.js"],
      // What jest looks through anew for each mutant.
      roots: ["<rootDir>/scripts/mutation"],
      // In the copy, so that no changed code is left in the system's temporary folder.
      cacheDirectory: "<rootDir>/.jest-cache",
    },
  },
  coverageAnalysis: "perTest",
  concurrency: 2,
  // A mutant that is out of time counts as found: a busy machine must not make one of a slow test.
  timeoutMS: 60_000,
  ignorePatterns: ["**/*", ...copied.map((pattern) => `!/${pattern}`)],
  reporters: ["clear-text", "progress"],
  clearTextReporter: { logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
  tempDirName,
  cleanTempDir: "always",
  plugins: ["@stryker-mutator/jest-runner"],
};
