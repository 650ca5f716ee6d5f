import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { LocalProcess } from "./local-process";
import { ProofFile } from "./proof-file";
import { Release } from "./release";

const config = new pulumi.Config();
const version = config.get("version") ?? "1";
const mend = config.get("mend") ?? "none";
const password = config.getSecret("password") ?? "teapots-for-tests";
const port = config.getNumber("port") ?? 8801;
const folder = `deployed/${pulumi.getStack()}`;

// 1. The shop is deployed, as a process on this machine.
const args = ["--mend", mend, "--proof-dir", `${folder}/proof`];
const web = new LocalProcess("web", { script: "shop.js", args, port, folder });

// 2. What is to be scanned is made known. No scan yet: the service wants a proof of ownership first, or our word for it.
const shop = new crashtest.Project("shop", { url: web.url, authorizedToScan: true });

// 3. The proof is deployed beside the shop, at its web root.
const { verificationFileName: name, verificationFileContent: content } = shop;
const proof = new ProofFile("proof", { folder: `${folder}/proof`, name, content });

// 4. The shop is scanned, behind its login and by its API's document, once shop and proof stand and whenever either changes.
const login = {
  form: { url: pulumi.interpolate`${web.url}login`, username: "test-user", password },
  check: { url: pulumi.interpolate`${web.url}account`, contains: "Log out" },
};
const apiSpecification = { file: "openapi.yaml" };
const scan = new crashtest.Scan(
  "shop-scan",
  { projectId: shop.projectId, triggers: { version, mend }, whenRunning: "restart", login, apiSpecification },
  { dependsOn: [web, proof] },
);

// 5. The release waits for the gate, which findings of medium severity or above close.
const accept = config.get("accept") ?? [];
const gate = new crashtest.ScanGate("shop-gate", { scan, failOn: "medium", accept, timeoutSeconds: 600 });
const live = new Release("live", { version }, { dependsOn: [gate] });

export const url = web.url;
export const scanId = scan.scanId;
export const findingCounts = gate.findingCounts;
export const liveVersion = live.version;
