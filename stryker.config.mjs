// Mutation testing of the pure modules: npm run mutation. Each change that no unit test notices is listed at the end.
import { createRequire } from "node:module";

const { projects } = createRequire(import.meta.url)("./jest.config.js");
const unit = projects.find(({ displayName }) => displayName === "unit");

/** What decides: each of these is a function of its arguments alone, so that a change of it can be seen in unit tests. */
const mutate = [
  "findings/gate/*.ts",
  "findings/{severity,fingerprint,lasting-text}.ts",
  "sdk/gate/{polling-plan,progress,run-kind}.ts",
  "sdk/digest.ts",
  "provider/lifecycle/{triggers,scan-difference}.ts",
  "provider/client/retry.ts",
];

/**
 * The tables of these modules. Property tests and tests of time run their code so often that each mutant would take
 * seconds; they count in npm test, and here the tables have to do without them.
 */
const testMatch = [
  "tests/unit/findings/gate/!(*.properties).test.ts",
  "tests/unit/findings/{severity,fingerprint,lasting-text}.test.ts",
  "tests/unit/sdk/gate/{polling-plan,progress,run-kind}.test.ts",
  "tests/unit/sdk/digest.test.ts",
  "tests/unit/lifecycle/{triggers,scan-difference}.test.ts",
  "tests/unit/client/retry.test.ts",
].map((pattern) => `<rootDir>/${pattern}`);

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate,
  testRunner: "jest",
  // In the copy, so that no changed code is left in the system's temporary folder.
  jest: { config: { ...unit, projects: [], testMatch, cacheDirectory: "<rootDir>/.jest-cache" } },
  coverageAnalysis: "perTest",
  concurrency: 2,
  ignorePatterns: ["/dist", "/.demo", "/coverage", "/examples", "/engine", "/docs"],
  reporters: ["clear-text", "progress"],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: true },
  thresholds: { high: 95, low: 90, break: 85 },
  tempDirName: ".stryker-tmp",
  cleanTempDir: "always",
  // Or it would ask the registry for newer releases of plugins.
  plugins: ["@stryker-mutator/jest-runner"],
};
