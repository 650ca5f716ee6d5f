// All tables of the mutated modules in one test file. Jest loads the modules of each test file anew, which takes longer than
// the tests themselves: with a file per module, a mutant would take ten seconds.
"use strict";

/* global describe */

const { readdirSync } = require("node:fs");
const { join, resolve } = require("node:path");

const UNIT = resolve(__dirname, "../../tests/unit");

/** Property tests and tests of time run the code so often that each mutant would take seconds: they count in npm test only. */
const TABLES = {
  "gate/rules": /^(?!.*\.properties).*\.test\.ts$/,
  findings: /^(severity|fingerprint|fingerprint-junit|lasting-text)\.test\.ts$/,
  "gate/wait": /^(polling-plan|progress)\.test\.ts$/,
  "gate/host": /^run-kind\.test\.ts$/,
  "sdk/triggers": /^digest\.test\.ts$/,
  "provider/lifecycle": /^(triggers|scan-difference)\.test\.ts$/,
  "service/http": /^retry\.test\.ts$/,
};

for (const [folder, pattern] of Object.entries(TABLES)) {
  for (const file of readdirSync(join(UNIT, folder)).filter((name) => pattern.test(name))) {
    // In a block of its own, so that hooks are those of this file's tests only.
    describe(`${folder}/${file}`, () => {
      require(join(UNIT, folder, file));
    });
  }
}
