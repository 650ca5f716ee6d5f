"use strict";

// The package's plugin as an SDK generated from its schema uses it, with its alias.
const pulumi = require("@pulumi/pulumi");

class Project extends pulumi.CustomResource {
  constructor(name, inputs) {
    const aliases = [{ type: "pulumi-nodejs:dynamic/crashtest:Project" }];
    super("crashtest:index:Project", name, { ...inputs, projectId: undefined }, { aliases });
  }
}

for (let index = 0; index < Number(process.env.BENCH_PROJECTS); index++) {
  new Project(`project-${index}`, { url: `https://app-${index}.example.com` });
}
