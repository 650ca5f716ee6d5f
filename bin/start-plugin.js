"use strict";
// The start scripts run this with whichever Node is on the PATH: older ones must be able to parse it.
var fs = require("fs");
var path = require("path");

// An archive has it beside dist, the npm package in a folder of its own.
var root = fs.existsSync(path.join(__dirname, "dist")) ? __dirname : path.dirname(__dirname);
var needed = require(path.join(root, "package.json")).engines.node.replace(">=", "");

function numbersOf(version) {
  return version.split(/[.-]/).slice(0, 3).map(Number);
}

function isOlder(version, than) {
  var own = numbersOf(version);
  var other = numbersOf(than);
  for (var index = 0; index < other.length; index += 1) {
    if (own[index] !== other[index]) return own[index] < other[index];
  }
  return false;
}

if (isOlder(process.versions.node, needed)) {
  var message = "Node " + needed + " or newer must be on the PATH, but it is Node " + process.versions.node;
  process.stderr.write("pulumi-resource-crashtest: " + message + ".\n");
  process.exitCode = 1;
} else {
  require(path.join(root, "dist/provider/plugin/main.js"));
}
