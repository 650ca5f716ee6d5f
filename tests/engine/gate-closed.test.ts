import type { Fault, Script } from "crashtest-local";
import { CLEAN, CRITICAL, ENDLESS, gatedProgram, MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

interface Case {
  reason: string;
  says: string;
  scans?: NonNullable<Script["default"]>;
  settings?: object;
  faults?: Fault[];
  environment?: Record<string, string>;
}

const status = (code: number, path: string): Fault => ({
  kind: "status",
  status: code,
  path,
  times: 1_000,
  body: { message: "no_such_thing" },
});

const XML = { "content-type": "application/xml" };

const CASES: Case[] = [
  { reason: "invalidSettings", settings: { failOn: "hihg", failon: "low" }, says: "failon is no setting of a gate" },
  { reason: "invalidSettings", settings: { accept: "missing.yaml" }, says: "missing.yaml" },
  { reason: "scanTimedOut", scans: ENDLESS, settings: { timeoutSeconds: 1 }, says: "did not end within 1 seconds" },
  { reason: "scanUnreachable", faults: [status(401, "*/status")], says: "answered with 401" },
  {
    reason: "scanUnreachable",
    faults: [status(503, "*/status")],
    settings: { timeoutSeconds: 1 },
    says: "answered with 503",
  },
  { reason: "scanStatusUnknown", scans: { outcome: { statusCode: 199 } }, says: "status code 199" },
  { reason: "scanStatusUnknown", faults: [status(404, "*/status")], says: "is not known to the service" },
  { reason: "scanFailed", scans: { outcome: { failed: "crashed" } }, says: "failed (status code 104)" },
  { reason: "reportMissing", faults: [status(404, "*/report/json")], says: "no report to decide by" },
  { reason: "reportMissing", faults: [status(404, "*/report/xml")], says: "no report to decide by" },
  {
    reason: "reportMissing",
    faults: [{ kind: "status", status: 200, path: "*/report/json", times: 9, body: { message: "ok", data: {} } }],
    says: "findings is missing",
  },
  {
    reason: "reportMissing",
    faults: [{ kind: "status", status: 200, path: "*/report/xml", times: 9, body: "", headers: XML }],
    says: "without a single byte",
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
    says: "names no scanner",
  },
  { reason: "reportTooLarge", environment: { CRASHTEST_MAX_REPORT_BYTES: "100" }, says: "more than 100 bytes" },
  {
    reason: "reportUnreadable",
    faults: [{ kind: "html", path: "*/report/json", times: 1_000 }],
    says: "no report to decide by",
  },
  { reason: "scannerFailed", scans: { errors: [{ scanner: "ssl", message: "it broke" }] }, says: "ssl: it broke" },
  {
    reason: "scannerMissing",
    scans: { ran: ["ssl"] },
    settings: { requiredScanners: ["ssl", "xss"] },
    says: "did not run scanners that the gate requires: xss",
  },
  { reason: "findings", scans: CRITICAL, says: "1 critical (failOn: high)" },
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

test.each(CASES)("$reason: an up fails, names it, and deploys nothing behind the gate ($says)", async (given) => {
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

  expect(left).toContain("run again to wait on for the same scan");
  expect(log).not.toContain("DELETE /projects/1/scans/1");
  expect(stopped).toContain("did not end within 1 seconds (timeoutSeconds), and was stopped");
  expect(await service.takeLog()).toContain("DELETE /projects/1/scans/1");
});
