"use strict";

const { relative, resolve, sep } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");
const durations = require("./durations.json");

/** For a file without a known duration: it may be long, and if it started last, only one worker would be busy. */
const PRESUMED_SECONDS = { engine: 60, local: 2, browser: 10, package: 10, scripts: 2 };

const ROOT = resolve(__dirname, "../..");

/** Sorts by the seconds of an earlier run (`npm run test:durations`), and files of equal length by jest's own order. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const secondsOf = ({ path, context }) =>
      durations[relative(ROOT, path).split(sep).join("/")] ?? PRESUMED_SECONDS[context.config.displayName?.name] ?? 0;
    return super.sort(tests).sort((one, other) => secondsOf(other) - secondsOf(one));
  }
};
