import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { DeployedFile } from "./deployed-file";

const config = new pulumi.Config();

const site = new crashtest.Project("site", { url: config.require("url") });

// Bound to what is deployed, the hooks mark that something was created or changed. They wait for nothing.
const onDeploy = crashtest.scanOnDeploy("site", { projectId: site.projectId, gate: { failOn: "high" } });
const options = { hooks: onDeploy.hooks };
const web = new DeployedFile("web", { path: "deployed/web.txt", content: config.require("webVersion") }, options);
const worker = new DeployedFile(
  "worker",
  { path: "deployed/worker.txt", content: config.require("workerVersion") },
  options,
);

// One scan after both, if one of them was marked. It has to be told which they are: a hook cannot know which is the last.
const { scanId, gate, verdict } = onDeploy.after([web, worker]);

// What is to come only after a good scan depends on the gate.
const notice = pulumi.interpolate`web ${web.content} and worker ${worker.content} are released`;
new DeployedFile("release-notice", { path: "deployed/notice.txt", content: notice }, { dependsOn: [gate] });

export { scanId };
export const reason = verdict.reason;
