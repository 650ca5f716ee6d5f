import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Fault } from "crashtest-local";
import { ContractService, RUNNING_URL, TEAM_ID } from "../contract-service";
import { FakeMonitor } from "./fake-monitor";
import { PluginClient, reference, urnOf, type Wire } from "./plugin-client";

/** Targets by how their scans end. */
const FAILED_URL = "https://failed.example.com/";
const LOGIN_URL = "https://login.example.com/";
const TARGETS = [
  { url: RUNNING_URL, scans: { durationSeconds: 60 } },
  { url: FAILED_URL, scans: { outcome: { failed: "crashed" } } },
  { url: LOGIN_URL, scans: { outcome: { failed: "login_failed: no page shows that it worked" } } },
];
const SCAN = urnOf("Scan", "nightly");

let service: ContractService;
let plugin: PluginClient;
let monitor: FakeMonitor;

beforeAll(async () => {
  service = await ContractService.start({ script: { targets: TARGETS } });
  plugin = await PluginClient.configured(service.environment);
  monitor = await FakeMonitor.start(plugin);
});
afterAll(async () => {
  plugin.close();
  monitor.close();
  await service.close();
});

const report = (body: string): Fault => {
  const headers = { "content-type": "application/xml" };
  return { kind: "status", status: 200, path: "*/report/xml", times: 9, body, headers };
};
const SILENCE: Fault = { kind: "dropBeforeHandling", path: "*/status", times: 99 };
const LOGIN = { form: { url: `${LOGIN_URL}login`, username: "anna", password: "wrong" } };

/** What is doubtful about a scan, whose project the fault's path begins with, and the gate's settings. */
interface Doubt {
  url?: string;
  scan?: Wire;
  isStopped?: boolean;
  fault?: Fault;
  gate?: Wire;
}

/** Deploys a scan by the plugin. */
async function deployScan({ url = "https://finished.example.com/", scan }: Doubt) {
  const project = { teamId: TEAM_ID, name: "shop", url, type: "webapp" };
  const { projectId } = await service.client().projects.createProject(project);
  const { inputs } = await plugin.check(SCAN, { projectId, triggers: ["v1"], ...scan });
  const [, scanId = ""] = (await plugin.create(SCAN, inputs)).id.split("/");
  return { projectId, scanId };
}

test.each<[what: string, reason: string, says: string, doubt: Doubt]>([
  ["that failed", "scanFailed", "failed (status code 104)", { url: FAILED_URL }],
  ["whose login failed", "scanFailed", "login_failed: ", { url: LOGIN_URL, scan: { login: LOGIN } }],
  ["that somebody stopped", "scanStopped", "was stopped", { url: RUNNING_URL, isStopped: true }],
  ["that does not end", "scanTimedOut", "within 1 seconds", { url: RUNNING_URL, gate: { timeoutSeconds: 1 } }],
  ["of a silent service", "scanUnreachable", "could not be followed", { fault: SILENCE, gate: { timeoutSeconds: 1 } }],
  ["whose report is cut", "reportUnreadable", "has no report to decide by", { fault: report("<testsuites") }],
  ["whose report is empty", "reportMissing", "the XML report has no test case", { fault: report("<testsuites/>") }],
])("a scan %s closes the gate, with its reason, and no verdict is registered", async (_what, reason, says, doubt) => {
  const { projectId, scanId } = await deployScan(doubt);
  if (doubt.isStopped === true) await service.client().scans.stopScan(projectId, scanId);
  const { fault } = doubt;
  if (fault) await service.addFault({ ...fault, path: `/projects/${projectId}/scans/${fault.path ?? ""}` });

  const request = monitor.request({ scan: reference(SCAN), ...doubt.gate });
  const closed = plugin.call<ConstructResponse>((done) => plugin.client.construct(request, done));

  await expect(closed).rejects.toMatchObject({
    details: expect.stringContaining(`gate closed (${reason}): scan ${scanId} `) as string,
  });
  await expect(closed).rejects.toMatchObject({ details: expect.stringContaining(says) as string });
  expect(monitor.children).toEqual([]);
});
