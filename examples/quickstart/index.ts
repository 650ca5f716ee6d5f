import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";

const config = new pulumi.Config();

// What is scanned, and when: at each `pulumi up` that deploys another version of the program.
const shop = new crashtest.Project("shop", {
  url: config.require("url"),
  scanOnDeploy: { triggers: [config.get("version") ?? "1"] },
});

export const projectId = shop.projectId;
export const scanId = shop.scanId;
