#!/usr/bin/env node
"use strict";
// A file that is there before the first build: npm makes the command when it installs.
require("../dist/cli/main.js");
