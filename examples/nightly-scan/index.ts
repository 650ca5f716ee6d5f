import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";

const config = new pulumi.Config();

// The day, by the calendar of UTC: another day is another scan, and a second run on the same day changes nothing.
const day = process.env["SCAN_DAY"] ?? new Date().toISOString().slice(0, 10);

const shop = new crashtest.Project("shop", { url: config.require("url") });

// A scan that still runs from the night before is stopped, and one that somebody else started as well.
const scan = new crashtest.Scan("nightly", {
  projectId: shop.projectId,
  triggers: { day },
  whenRunning: "restart",
});

// Waits for the scan and says what was found. Since it is advisory, findings fail no run: there is nothing to hold back.
const gate = new crashtest.ScanGate("nightly", { scan, failOn: "medium", timeoutSeconds: 6 * 3_600, advisory: true });

// `gate.scanId` is there once the scan has ended; `scan.scanId` would be there too early for a report.
const reference = { projectId: shop.projectId, scanId: gate.scanId };
const report = crashtest.getReportOutput({
  ...reference,
  format: "pdf",
  path: config.get("reportPath") ?? "report.pdf",
});

export const reportPath = report.path;
export const scanId = gate.scanId;
export const passed = gate.passed;
export const reason = gate.verdict.reason;
export const findingCounts = gate.findingCounts;
