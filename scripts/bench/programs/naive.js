"use strict";

// What most programs do: a new provider object per resource, which Pulumi serializes into each of them.
const pulumi = require("@pulumi/pulumi");

class Project extends pulumi.dynamic.Resource {
  constructor(name, inputs) {
    const connect = () => {
      const { createClient } = require("pulumi-crashtest/client");
      return createClient({ apiKey: process.env.CRASHTEST_API_KEY, endpoint: process.env.CRASHTEST_ENDPOINT });
    };
    const provider = {
      async create(project) {
        const { projectId } = await connect().projects.createProject(project);
        return { id: projectId, outs: { ...project, projectId } };
      },
      async delete(id) {
        await connect().projects.deleteProject(id);
      },
    };
    super(provider, name, { ...inputs, projectId: undefined });
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
