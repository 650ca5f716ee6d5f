"use strict";

// Resources of a separate plugin, with the same inputs and outputs as the package's.
const pulumi = require("@pulumi/pulumi");

// A class, as in every SDK: the engine stores the program's line only for resources of a class.
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
