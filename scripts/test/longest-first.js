"use strict";

const { default: Sequencer } = require("@jest/test-sequencer");

/** Slowest first: a long file that starts last would keep one worker busy while the others have nothing left to do. */
const ORDER = ["engine", "browser", "package", "scripts"];

const rankOf = (test) => {
  const rank = ORDER.indexOf(test.context.config.displayName?.name);
  return rank === -1 ? ORDER.length : rank;
};

/** jest's own order, by the last duration or by size, within each project: a fresh clone has no durations yet. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
  }
};
