import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault, Script } from "crashtest-local";
import { CLEAN, CRITICAL, ENDLESS, gatedProgram, MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

/** What carries out an advice; the arguments of the `up` that comes then. */
type Follow = (closed: { stack: Stack; service: TestService; output: string }) => string[] | Promise<string[]>;

interface Case {
  reason: string;
  says: string;
  scans?: NonNullable<Script["default"]>;
  settings?: object;
  faults?: Fault[];
  environment?: Record<string, string>;
  /** A way out that the message names, and what it takes to go it. */
  advice?: readonly [way: string, follow: Follow];
}

const status = (code: number, path: string, message = "no_such_thing"): Fault => ({
  kind: "status",
  status: code,
  path,
  times: 1_000,
  body: { message },
});

const runAgain: Follow = () => [];
const changeTrigger =
  (settings: object = {}): Follow =>
  ({ stack }) => {
    stack.write(gatedProgram(settings, { scan: { triggers: [2] } }));
    return [];
  };
const setEnvironment =
  (name: string, value: string): Follow =>
  ({ stack }) => {
    stack.environment[name] = value;
    return [];
  };
const replaceScan: Follow = ({ stack }) => ["--replace", stack.resource("nightly").urn];
const correctSettings: Follow = ({ stack }) => {
  stack.write(gatedProgram());
  return [];
};
const endScan: Follow = async ({ service }) => {
  await service.advance(4_000);
  return [];
};
const repairService: Follow = async ({ service }) => {
  await service.clearFaults();
  return [];
};
const acceptFindings: Follow = ({ stack, output }) => {
  const accept = Array.from(output.matchAll(/finding: ([0-9a-f]{64})/g), ([, finding]) => ({
    finding,
    reason: "known",
    expires: "2999-12-31",
  }));
  stack.write(gatedProgram({ accept }));
  return [];
};

const STARTED_ANEW = "- run again: a Scan resource then starts a new scan";
const CHANGE_TRIGGER = "- scan again: change a trigger, or run: pulumi up --replace";

const XML = { "content-type": "application/xml" };

const CASES: Case[] = [
  {
    reason: "invalidSettings",
    settings: { failOn: "hihg", failon: "low" },
    says: "failon is not a gate setting",
    advice: ["- correct the gate's settings", correctSettings],
  },
  { reason: "invalidSettings", settings: { accept: "missing.yaml" }, says: "missing.yaml" },
  {
    reason: "scanTimedOut",
    scans: ENDLESS,
    settings: { timeoutSeconds: 1 },
    says: "did not end within 1 seconds",
    advice: ["- run again to keep waiting for the same scan", endScan],
  },
  {
    reason: "scanUnreachable",
    faults: [status(401, "*/status")],
    says: "answered with 401",
    advice: ["- fix that and run again", repairService],
  },
  {
    reason: "scanUnreachable",
    faults: [status(503, "*/status")],
    settings: { timeoutSeconds: 1 },
    says: "answered with 503",
  },
  {
    reason: "scanStatusUnknown",
    scans: { outcome: { statusCode: 199 } },
    says: "status code 199",
    advice: [
      "- say in crashtest:statusCodes what the code means",
      setEnvironment("CRASHTEST_STATUS_CODES", '{"199":"finished"}'),
    ],
  },
  {
    reason: "scanStatusUnknown",
    faults: [status(404, "*/scans/1/status", "scan_not_found")],
    says: "is not, or no longer, known to the service",
    advice: [STARTED_ANEW, runAgain],
  },
  {
    reason: "scanFailed",
    scans: [{ outcome: { failed: "crashed" } }, CLEAN],
    says: "failed (status code 104)",
    advice: [STARTED_ANEW, runAgain],
  },
  {
    reason: "reportMissing",
    faults: [status(404, "*/scans/1/report/json")],
    says: "no report to decide by",
    advice: [CHANGE_TRIGGER, changeTrigger()],
  },
  { reason: "reportMissing", faults: [status(404, "*/report/xml")], says: "no report to decide by" },
  {
    reason: "reportMissing",
    faults: [{ kind: "status", status: 200, path: "*/report/json", times: 9, body: { message: "ok", data: {} } }],
    says: "findings is missing",
  },
  {
    reason: "reportMissing",
    faults: [{ kind: "status", status: 200, path: "*/report/xml", times: 9, body: "", headers: XML }],
    says: "the service sent an empty report",
  },
  {
    reason: "reportMissing",
    faults: [{ kind: "status", status: 200, path: "*/report/xml", times: 9, body: "<testsuites/>", headers: XML }],
    says: "the XML report has no test case",
  },
  {
    reason: "reportMissing",
    faults: [
      { kind: "status", status: 200, path: "*/report/json", times: 9, body: { message: "ok", data: { findings: {} } } },
    ],
    says: "has no scanner",
  },
  {
    reason: "reportTooLarge",
    environment: { CRASHTEST_MAX_REPORT_BYTES: "100" },
    says: "more than 100 bytes",
    advice: ["Raise crashtest:maxReportBytes", setEnvironment("CRASHTEST_MAX_REPORT_BYTES", "1000000")],
  },
  {
    reason: "reportUnreadable",
    faults: [{ kind: "html", path: "*/scans/1/report/json", times: 1_000 }],
    says: "no report to decide by",
    advice: [CHANGE_TRIGGER, replaceScan],
  },
  {
    reason: "reportUnreadable",
    scans: CRITICAL,
    faults: [
      {
        kind: "status",
        status: 200,
        path: "*/report/json",
        times: 9,
        body: { message: "ok", data: { findings: { sqlinjection: [], xss: [] } } },
      },
    ],
    says: "sqlinjection has 1 failure in XML and 0 findings in JSON, as does 1 other scanner",
  },
  {
    reason: "scannerFailed",
    scans: [{ errors: [{ scanner: "ssl", message: "it broke" }] }, CLEAN],
    says: "ssl: it broke",
    advice: [CHANGE_TRIGGER, changeTrigger()],
  },
  {
    reason: "scannerMissing",
    scans: [{ ran: ["ssl"] }, CLEAN],
    settings: { requiredScanners: ["ssl", "xss"] },
    says: "did not run scanners that the gate requires: xss",
    advice: [CHANGE_TRIGGER, changeTrigger({ requiredScanners: ["ssl", "xss"] })],
  },
  {
    reason: "findings",
    scans: CRITICAL,
    says: "1 critical (failOn: high)",
    advice: ["- or accept a finding for a while", acceptFindings],
  },
  { reason: "findings", scans: MEDIUM, settings: { failOn: "medium" }, says: "1 medium (failOn: medium)" },
  {
    reason: "findings",
    scans: MEDIUM,
    settings: { failOn: "none", maxFindings: { medium: 0 } },
    says: "1 medium (maxFindings: 0 medium)",
  },
  { reason: "findings", scans: MEDIUM, settings: { failOn: "none", minCvss: 6 }, says: "1 with a score of 6 or more" },
  { reason: "findings", scans: { ...MEDIUM, descriptions: [] }, settings: { failOn: "critical" }, says: "1 unknown" },
];

test.each(CASES)(
  "$reason: an up fails, names it, deploys nothing behind the gate, and its advice helps ($says)",
  async (given) => {
    const service = await TestService.start({ default: given.scans ?? CLEAN });
    const environment = { ...service.environment, ...given.environment };
    const stack = Stack.create({ program: gatedProgram(given.settings), environment });
    for (const fault of given.faults ?? []) await service.addFault(fault);

    const output = await stack.upFails();

    const { resources } = stack.state();
    expect(output).toContain(`gate closed (${given.reason})`);
    expect(output).toContain(given.says);
    expect(resources.some(({ urn }) => urn.endsWith("::nightly"))).toBe(true);
    expect(resources.some(({ urn }) => urn.endsWith("::held"))).toBe(false);

    if (given.advice === undefined) return;
    const [way, follow] = given.advice;
    expect(output).toContain(way);
    expect(await stack.up(...(await follow({ stack, service, output })))).toContain("gate open");
  },
);

test("of a scan that failed a report is made only where that is allowed, and the gate says why it is closed", async () => {
  const service = await TestService.start({ default: { outcome: { failed: "crashed" } } });
  const report = (format: string, args: object): string => `
crashtest.getReportOutput({ projectId: gate.projectId, scanId: gate.scanId, format: "${format}", path: "report.${format}", ...${JSON.stringify(args)} });`;
  const program = gatedProgram() + report("sarif", {}) + report("junit", { allowUnfinished: true });
  const stack = Stack.create({ program, environment: service.environment });

  const output = await stack.upFails();

  expect(output).toContain("gate closed (scanFailed): scan 1 failed (status code 104)");
  expect(output).toContain("Could not make the sarif report of scan 1: the scan did not finish");
  expect(existsSync(join(stack.folder, "report.sarif"))).toBe(false);
  expect(readFileSync(join(stack.folder, "report.junit"), "utf8")).toContain("The scan failed (status code 104)");
});

test("a scan that somebody stops closes the gate, and the next up scans anew", async () => {
  const service = await TestService.start({ default: [ENDLESS, CLEAN] });
  const stack = Stack.create({ program: gatedProgram(), environment: service.environment });
  const run = stack.upFails();
  await service.until(async () => (await service.requests()).some(({ path }) => path.endsWith("/status")));
  await service.api("DELETE", "/projects/1/scans/1");

  const output = await run;
  const second = await stack.up();

  expect(output).toContain("gate closed (scanStopped): scan 1 was stopped");
  expect(output).toContain(STARTED_ANEW);
  expect(second).toContain("gate open: scan 2");
});

test("onTimeout stopScan stops the scan, and fail leaves it running", async () => {
  const service = await TestService.start({ default: ENDLESS });
  const program = (onTimeout: string): string => gatedProgram({ timeoutSeconds: 1, onTimeout });
  const stack = Stack.create({ program: program("fail"), environment: service.environment });

  const left = await stack.upFails();
  const log = await service.takeLog();
  stack.write(program("stopScan"));
  const stopped = await stack.upFails();

  expect(left).toContain("run again to keep waiting for the same scan");
  expect(log).not.toContain("DELETE /projects/1/scans/1");
  expect(stopped).toContain("did not end within 1 seconds (timeoutSeconds), and was stopped");
  expect(await service.takeLog()).toContain("DELETE /projects/1/scans/1");
});
