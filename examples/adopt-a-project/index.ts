import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";

const config = new pulumi.Config();

// Nothing is created: the project of this ID, which somebody made by hand, becomes part of the stack. Its ID is read once.
// Later it may be taken out of the configuration, which is no change.
const projectId = config.get("adoptProjectId");

const shop = new crashtest.Project(
  "shop",
  {
    url: config.require("url"),
    name: config.require("name"),
    ...(projectId !== undefined && { adoptProjectId: projectId }),
    scanOnDeploy: { triggers: [config.require("version")] },
  },
  // Without this, `pulumi destroy` deletes the project, its scans and its reports, although the stack did not create it.
  { retainOnDelete: true },
);

export const adoptedProjectId = shop.projectId;
export const scanId = shop.scanId;
