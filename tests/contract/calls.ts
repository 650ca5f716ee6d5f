import { Writable } from "node:stream";
import type { CrashtestClient, Operation, ReportSource, ServiceReportFormat } from "pulumi-crashtest/client";
import type { Things } from "./contract-service";

export type Call = (client: CrashtestClient, things: Things) => Promise<unknown>;

/** Every operation, as the client is called for it. */
export const CALLS: Readonly<Record<Operation, Call>> = {
  createProject: ({ projects }, { teamId }) =>
    projects.createProject({
      teamId,
      name: "shop 東京 & söhne",
      url: "https://shop.example.com/a?b=c",
      type: "webapp",
    }),
  deleteProject: ({ projects }, { projectId }) => projects.deleteProject(projectId),
  startScan: ({ scans }, { projectId }) => scans.startScan(projectId),
  stopScan: ({ scans }, { projectId, scanId }) => scans.stopScan(projectId, scanId),
  getScanStatus: ({ scans }, { projectId, scanId }) => scans.getScanStatus(projectId, scanId),
  getReportJson: (client, { projectId, scanId }) => report(client, { projectId, scanId }, "json"),
  getReportXml: (client, { projectId, scanId }) => report(client, { projectId, scanId }, "xml"),
  getReportPdf: (client, { projectId, scanId }) => report(client, { projectId, scanId }, "pdf"),
  startWebhookScan: ({ webhook }, things) => webhook.startWebhookScan(things.webhook),
  getWebhookScanStatus: ({ webhook }, things) => webhook.getWebhookScanStatus(things.webhook, things.scanId),
  getWebhookReportJunit: (client, { webhook, scanId }) => report(client, { webhook, scanId }, "xml"),
};

export const OPERATIONS = Object.keys(CALLS) as Operation[];

/** The report's first characters and its size. */
async function report(
  { reports }: CrashtestClient,
  source: ReportSource,
  format: ServiceReportFormat,
): Promise<{ beginning: string; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  const memory = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const bytes = await reports.writeReport(source, format, memory);
  const content = Buffer.concat(chunks);
  return { beginning: content.subarray(0, 5).toString(), isWhole: content.length === bytes };
}
