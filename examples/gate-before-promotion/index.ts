import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { DeployedFile } from "./deployed-file";

const config = new pulumi.Config();
const version = config.require("version");

// 1. The new version goes to staging.
const staging = new DeployedFile("staging", { path: "deployed/staging.txt", content: version });

// 2. Staging is scanned whenever it changed. Nothing of high or critical severity may be found, and two of medium at most.
const shop = new crashtest.Project("shop", {
  url: config.require("stagingUrl"),
  // Your consent, for a service that asks for it: see docs/veracode.md.
  authorizedToScan: true,
  scanOnDeploy: {
    triggers: { staging },
    gate: { failOn: "high", maxFindings: { medium: 2 }, timeoutSeconds: 2 * 3_600 },
  },
});

// 3. The promotion waits for the gate. To depend on the project is not enough: `dependsOn: [shop.gate]` is what holds it back.
const live = new DeployedFile("live", { path: "deployed/live.txt", content: version }, { dependsOn: [shop.gate] });

export const liveVersion = live.content;
export const scanId = shop.scanId;
export const findingCounts = shop.gate.findingCounts;
