"use strict";

// The plugin behind floor.js: only what an engine needs from a provider, over the package's own client.
const { main } = require("@pulumi/pulumi/provider");
const { createClient } = require("pulumi-crashtest/client");

const { projects } = createClient({
  apiKey: process.env.CRASHTEST_API_KEY,
  endpoint: process.env.CRASHTEST_ENDPOINT,
});

const provider = {
  version: "1.0.0",
  check: async (_urn, _olds, news) => ({ inputs: news }),
  diff: async (_id, _urn, olds, news) => {
    const replaces = ["teamId", "url", "name", "type"].filter((property) => olds[property] !== news[property]);
    return { changes: replaces.length > 0, replaces };
  },
  create: async (_urn, inputs) => {
    const { projectId } = await projects.createProject(inputs);
    return { id: projectId, outs: { ...inputs, projectId } };
  },
  delete: async (id) => {
    await projects.deleteProject(id);
  },
};

main(provider, process.argv.slice(2));
