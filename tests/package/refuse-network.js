"use strict";
/** Loaded before a program that is to ask nobody: a connection ends it. */
const { Socket } = require("node:net");

Socket.prototype.connect = function () {
  process.stderr.write("something was asked over the network\n");
  process.exit(70);
};
