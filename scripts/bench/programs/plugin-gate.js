"use strict";

// A gate of the package's plugin, as an SDK generated from its schema uses it.
const pulumi = require("@pulumi/pulumi");

class Project extends pulumi.CustomResource {
  constructor(name, inputs) {
    super("crashtest:index:Project", name, { ...inputs, projectId: undefined });
  }
}

class Scan extends pulumi.CustomResource {
  constructor(name, inputs) {
    super("crashtest:index:Scan", name, { ...inputs, scanId: undefined });
  }
}

class ScanGate extends pulumi.ComponentResource {
  constructor(name, inputs) {
    super("crashtest:index:ScanGate", name, inputs, {}, true);
  }
}

const shop = new Project("shop", { url: "http://127.0.0.1:9/" });
const scan = new Scan("nightly", { projectId: shop.projectId, triggers: [1] });
new ScanGate("safe", { scan });
