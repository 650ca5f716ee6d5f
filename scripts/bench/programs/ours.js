"use strict";

// The package as its users use it.
const crashtest = require("pulumi-crashtest");

for (let index = 0; index < Number(process.env.BENCH_PROJECTS); index++) {
  new crashtest.Project(`project-${index}`, { url: `https://app-${index}.example.com` });
}
