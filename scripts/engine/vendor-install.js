"use strict";

// A separate process: the vendor's installer has no suitable time limit, and ends only with its process.
const { setTimeout, clearTimeout } = require("node:timers");
// Before the timer starts: on a busy machine, loading it takes seconds.
const { PulumiCommand } = require("@pulumi/pulumi/automation");

/** A download site that does not answer for this long counts as unreachable. */
const FIRST_ANSWER_MS = 10_000;

function fail(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

const timer = setTimeout(() => fail("the vendor's download site did not answer within 10 s"), FIRST_ANSWER_MS);
const realFetch = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const response = await realFetch(...request);
  clearTimeout(timer);
  return response;
};

const [root] = process.argv.slice(2);
PulumiCommand.install({ root }).then(
  () => process.exit(0),
  (error) => fail(error instanceof Error ? error.message : String(error)),
);
