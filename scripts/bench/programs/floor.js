"use strict";

// Resources of a plugin of its own, with the inputs and outputs of the package's.
const pulumi = require("@pulumi/pulumi");

// A class, as every SDK has: the engine stores the program's line for resources of a class only.
class Project extends pulumi.CustomResource {
  constructor(name, inputs) {
    super("crashtest:index:Project", name, { ...inputs, projectId: undefined });
  }
}

for (let index = 0; index < Number(process.env.BENCH_PROJECTS); index++) {
  new Project(`project-${index}`, {
    teamId: process.env.CRASHTEST_TEAM_ID,
    url: `https://app-${index}.example.com`,
    name: `project-${index}`,
    type: "webapp",
  });
}
