"use strict";

// Plain JavaScript with Node's own modules only: bootstrap.mjs uses it before anything is installed.
const fs = require("node:fs");
const path = require("node:path");

const MINIMUM_NODE = [20, 18, 1];
/** npm writes the two lock files of one install within moments, in no fixed order. */
const SAME_INSTALL_MS = 5_000;

const LOCK_FILE = "package-lock.json";
/** npm writes this one as the last step of an install: if it is missing, an install was interrupted. */
const INSTALLED_LOCK_FILE = "node_modules/.package-lock.json";
/** Its time is the start of the last successful build. It is in node_modules, since a build depends on what is installed. */
const BUILD_STAMP = "node_modules/.crashtest-build";
const BUILD_OUTPUTS = ["dist/sdk/index.js", "dist/cli/main.js", "local/dist/local/src/index.js"];
const BUILD_SOURCES = [
  "cli",
  "contract",
  "errors",
  "findings",
  "gate",
  "program",
  "provider",
  "report-files",
  "sdk",
  "service",
  "local/src",
  "local/page",
  "tsconfig.json",
  "tsconfig.build.json",
  "local/tsconfig.build.json",
];

function checkNode(version) {
  const have = version.split(".").map(Number);
  const at = MINIMUM_NODE.findIndex((number, index) => have[index] !== number);
  if (at === -1 || have[at] > MINIMUM_NODE[at]) return undefined;
  return `pulumi-crashtest needs Node ${MINIMUM_NODE.join(".")} or newer; this is ${version}. Install a newer Node and run the command again.`;
}

function decide({ lockMs, installedMs, stampMs, outputsExist, newestSourceMs }) {
  if (installedMs === undefined || installedMs + SAME_INSTALL_MS < lockMs) return { install: true, build: true };
  return { install: false, build: !outputsExist || stampMs === undefined || newestSourceMs >= stampMs };
}

function modifiedMs(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** Returns the newest time in a tree; folders count, since a removed file shows only there. */
function newestMs(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...fs.readdirSync(file).map((name) => newestMs(path.join(file, name))));
}

function readFacts(root) {
  const at = (file) => path.join(root, file);
  return {
    lockMs: modifiedMs(at(LOCK_FILE)) ?? 0,
    installedMs: modifiedMs(at(INSTALLED_LOCK_FILE)),
    stampMs: modifiedMs(at(BUILD_STAMP)),
    outputsExist: BUILD_OUTPUTS.every((file) => fs.existsSync(at(file))),
    newestSourceMs: Math.max(...BUILD_SOURCES.map((file) => newestMs(at(file)))),
  };
}

module.exports = { BUILD_STAMP, checkNode, decide, readFacts };
