import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { Release } from "./release";

const config = new pulumi.Config();
const version = config.get("version") ?? "1";

// What is scanned, and when: at each `pulumi up` that deploys another version of the program.
const shop = new crashtest.Project("shop", {
  url: config.require("url"),
  // Your consent, for a service that asks for it: see docs/veracode.md.
  authorizedToScan: true,
  scanOnDeploy: {
    triggers: [version],
    // Held back by any finding of medium severity or above, but for those that a reviewed file lets pass for a while.
    gate: { failOn: "medium", accept: config.get("accept") ?? [], timeoutSeconds: 600 },
  },
});

// Comes only after the gate has opened.
const live = new Release("live", { version }, { dependsOn: [shop.gate] });

export const projectId = shop.projectId;
export const scanId = shop.scanId;
export const findingCounts = shop.gate.findingCounts;
export const liveVersion = live.version;
