"use strict";

/** Tests import what users import; these names lead to the sources, so that no build is needed between edit and test. */
const publicNames = {
  "^pulumi-crashtest$": "<rootDir>/sdk/index.ts",
  "^pulumi-crashtest/client$": "<rootDir>/service/crashtest/index.ts",
  "^pulumi-crashtest/findings$": "<rootDir>/sdk/findings.ts",
  "^pulumi-crashtest/provider/(.*)$": "<rootDir>/provider/$1.ts",
  "^crashtest-local$": "<rootDir>/local/src/index.ts",
};

/** The scripts of the page are modules of the browser; jest requires what it tests. */
const transformPage = {
  "^.+/local/page/[^/]+\\.js$": ["@swc/jest", { jsc: { target: "es2022" }, module: { type: "commonjs" } }],
};

const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

const project = (displayName, testMatch, rest = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  testEnvironment: "node",
  /** Not in the folder for temporary files, which is another in each run. */
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  moduleNameMapper: publicNames,
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/local/dist", "<rootDir>/.demo"],
  transform,
  ...rest,
});

module.exports = {
  testSequencer: "<rootDir>/scripts/test/longest-first.js",
  /** A busy machine is slow, which says nothing about the code. */
  testTimeout: 60_000,
  projects: [
    project("unit", ["tests/unit/**/*.test.ts"]),
    project("contract", ["tests/contract/**/*.test.ts"]),
    project("local", ["local/tests/!(page)/**/*.test.ts", "local/tests/page/!(browser)/**/*.test.ts"], {
      transform: { ...transform, ...transformPage },
    }),
    project("browser", ["local/tests/page/browser/**/*.test.ts"]),
    project("scripts", ["tests/scripts/**/*.test.ts"]),
    project("package", ["tests/package/**/*.test.ts"]),
    project("engine", ["tests/engine/**/*.test.ts"], {
      globalSetup: "<rootDir>/tests/engine/stack/installation.js",
      globalTeardown: "<rootDir>/tests/engine/stack/removal.js",
      setupFilesAfterEnv: ["<rootDir>/tests/engine/stack/around-tests.ts"],
    }),
  ],
};
