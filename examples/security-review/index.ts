import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { BucketObject } from "./bucket-object";

const config = new pulumi.Config();
const version = config.require("version");

// 1. Each version is scanned. The consent is for a service that asks for it: see docs/veracode.md.
const shop = new crashtest.Project("shop", { url: config.require("url"), authorizedToScan: true });
const scan = new crashtest.Scan("review", {
  projectId: shop.projectId,
  triggers: { version },
  whenRunning: "restart",
});

// 2. Held back by new findings only: not by what the first scan found, nor by what people accepted for a while.
const gate = new crashtest.ScanGate("review", {
  scan,
  failOn: "medium",
  baseline: "firstScan",
  accept: config.get("accept") ?? "accepted.yaml",
});

// 3. The reports, in files, also where the gate is closed. `gate.scanId` is there once the scan has ended.
const reports = (["pdf", "html", "sarif"] as const).map((format) => {
  const [folder, path] = ["reports", `review.${format}`];
  const report = crashtest.getReportOutput({ projectId: shop.projectId, scanId: gate.scanId, format, folder, path });
  return { key: path, source: report.asset };
});

// 4. What comes only after the gate has opened: the version itself, and beside it the reports that it went live with.
const afterGate = { dependsOn: [gate] };
new BucketObject("live", { key: "version.txt", source: new pulumi.asset.StringAsset(version) }, afterGate);
for (const { key, source } of reports) new BucketObject(key, { key, source }, afterGate);

export const scanId = gate.scanId;
export const findingCounts = gate.findingCounts;
