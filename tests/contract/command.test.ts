import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Script } from "crashtest-local";
import {
  decideVerdict,
  parseFindings,
  parseJunit,
  type GateEvidence,
  type GateSettings,
} from "pulumi-crashtest/findings";
import { CRASHTEST_RULES } from "../../service/crashtest/rules";
import type { TargetKind } from "../../service/service";
import { loadAccepted } from "../../gate/host/setting-files";
import { runCommand } from "../unit/cli/run-command";
import { inOwnFolder } from "./own-folder";
import { ContractService, RUNNING_URL } from "./contract-service";

const INJECTION = {
  findings: {
    sqlinjection: [
      {
        finding_description_slug: "sql-injection",
        information: "Found sqlinjection for parameter id (GET) on https://shop.example.com/item/",
      },
    ],
    xss: [{ finding_description_slug: "xss", information: "Reflected \u001b[2J \u202e text" }],
  },
  descriptions: [
    { slug: "sql-injection", title: "SQL injection", baseScore: 9.8 },
    { slug: "xss", title: "Cross-site scripting", baseScore: 6.1 },
  ],
  errors: [{ scanner: "portscan", message: "no route to the host" }],
} satisfies Script["default"];

let service: ContractService;
let things: Awaited<ReturnType<ContractService["createScan"]>>;
const folder = inOwnFolder();

beforeAll(async () => {
  service = await ContractService.start({
    script: {
      /** A project's first scan, and those after it. */
      default: [INJECTION, { ...INJECTION, outcome: { failed: "it crashed" } }],
      targets: [{ url: RUNNING_URL, scans: { durationSeconds: 60 } }],
    },
  });
  things = await service.createScan();
});

afterAll(() => service.close());

const command = (args: readonly string[], stdin = "") => runCommand(args, { environment: service.environment, stdin });

const scan = (): string[] => ["--project", things.projectId, "--scan", things.scanId];

/** Without the key, as a machine has it that knows the webhook alone. */
const byWebhook = (...args: string[]) =>
  runCommand([...args, "--scan", things.scanId], { environment: webhookEnvironment() });

const webhookEnvironment = () => ({
  CRASHTEST_ENDPOINT: service.environment["CRASHTEST_ENDPOINT"] ?? "",
  CRASHTEST_WEBHOOK: things.webhook,
});

/** What `pulumi stack export` prints of a stack with this scan. */
const exported = (origin = service.environment["CRASHTEST_ENDPOINT"]): string =>
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
        {
          urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/crashtest:Scan::nightly",
          type: "pulumi-nodejs:dynamic/crashtest:Scan",
          outputs: { projectId: things.projectId, scanId: things.scanId, service: { origin } },
        },
      ],
    },
  });

test("report writes a PDF into a folder that it makes, for its owner only, and replaces an old file", async () => {
  const path = join(folder(), "reports", "report.pdf");

  const { exitCode, stdout, stderr } = await command([
    "report",
    ...scan(),
    "--format",
    "pdf",
    "--output",
    "reports/report.pdf",
  ]);

  expect([exitCode, stdout]).toEqual([0, ""]);
  expect(stderr).toBe(
    `The pdf report of scan ${things.scanId} is in reports/report.pdf (${statSync(path).size} bytes).\n`,
  );
  expect(readFileSync(path, "latin1")).toMatch(/^%PDF-/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("report makes SARIF of the scan that a stack's state names, for the standard output", async () => {
  const { exitCode, stdout, stderr } = await command(
    ["report", "--state", "-", "--format", "sarif", "--output", "-"],
    exported(),
  );

  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toMatchObject({ version: "2.1.0" });
  expect(readdirSync(folder())).toEqual([]);
});

test("a report that cannot be had is an error with its code, and an old file stays", async () => {
  writeFileSync(join(folder(), "report.pdf"), "old");

  const { exitCode, stdout, stderr } = await command(["report", "--project", things.projectId, "--scan", "999"]);

  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("was answered with 404");
  expect(stderr).toContain("(NOT_FOUND)");
  expect(readFileSync(join(folder(), "report.pdf"), "utf8")).toBe("old");
  expect(readdirSync(folder())).toEqual(["report.pdf"]);
});

test("status says where a scan stands, in words and as JSON", async () => {
  const inWords = await command(["status", ...scan()]);
  const asJson = await byWebhook("status", "--format", "json");

  expect(inWords).toEqual({ exitCode: 0, stdout: `scan ${things.scanId}: finished (status code 102)\n`, stderr: "" });
  expect(JSON.parse(asJson.stdout)).toEqual({ scanId: things.scanId, statusCode: 102, state: "finished" });
});

test("findings are a table that no terminal is steered by, with what did not run", async () => {
  const { exitCode, stdout } = await command(["findings", ...scan()]);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^ critical +9\.8 +SQL injection \(sqlinjection\) +GET \/item\/, parameter id +[0-9a-f]{64}$/m,
  );
  expect(stdout).toContain(`scan ${things.scanId}: 1 critical, 0 high, 1 medium`);
  expect(stdout).toContain("broke: portscan: no route to the host");
  for (const sign of ["\u001b", "\u202e"]) expect(stdout).not.toContain(sign);
});

test("findings as JSON are for programs; by webhook they are those of the XML report", async () => {
  const asJson = await command(["findings", ...scan(), "--format", "json"]);
  const ofWebhook = await byWebhook("findings");

  expect(JSON.parse(asJson.stdout)).toMatchObject({
    findingCounts: { critical: 1, medium: 1 },
    findings: [{ severity: "critical", slug: "sql-injection" }, { severity: "medium" }],
  });
  expect(ofWebhook.stdout).toContain("1 critical, 0 high, 1 medium");
  expect(ofWebhook.stdout).toMatch(/^ critical .* GET \/item\/, parameter id +[0-9a-f]{64}$/m);
});

describe("what a closed gate advises", () => {
  /** The verdict of a gate over this scan, with the file of accepted findings that it names. */
  async function verdict(kind: TargetKind, settings: GateSettings = {}) {
    const { reports } = service.client();
    const { projectId, webhook, scanId } = things;
    const end = { kind: "status", state: "finished", statusCode: 102 } as const;
    const owner = kind === "project" ? { projectId } : {};
    const { findings, scanners } = parseJunit(await reports.readXmlReport({ webhook, scanId }));
    const evidence: GateEvidence = {
      scan: { ...owner, scanId, abilities: CRASHTEST_RULES.abilitiesFor(kind), startedBy: "deployment", end },
      findings:
        kind === "project"
          ? parseFindings(await reports.readJsonReport({ projectId, scanId }))
          : { findings, scanners: { ran: scanners } },
      scannerErrors: [],
      now: new Date(),
    };
    return decideVerdict({ failOn: "high", ...settings }, evidence);
  }

  const commandsIn = (message: string): string[][] =>
    [...message.matchAll(/npx pulumi-crashtest (.*)$/gm)].map(([, line = ""]) => line.replaceAll('"', "").split(" "));

  test.each([
    ["project", "report.pdf", /^%PDF-/],
    ["webhook", "report.xml", /^<testsuites /],
  ] as const)(
    "is what opens it, by %s: the report shows the finding, and accepting it lets the release pass",
    async (kind, file, start) => {
      const run =
        kind === "project" ? command : (args: string[]) => runCommand(args, { environment: webhookEnvironment() });
      const closed = await verdict(kind);
      const [report = [], accept = []] = commandsIn(closed.message);
      const [, fingerprint = ""] = /finding: ([0-9a-f]{64})/.exec(closed.message) ?? [];
      const values = new Map([
        ["FINGERPRINT", fingerprint],
        ["...", "It is behind the login."],
        ["YYYY-MM-DD", "2999-12-31"],
      ]);

      const reported = await run(report);
      const accepted = await run(accept.map((word) => values.get(word) ?? word));
      const { value: entries } = await loadAccepted(join(folder(), "accepted.yaml"));
      const open = await verdict(kind, { accept: entries });

      expect(closed).toMatchObject({ passed: false, reason: "findings" });
      expect([reported.exitCode, accepted.exitCode]).toEqual([0, 0]);
      expect(readFileSync(join(folder(), file), "latin1")).toMatch(start);
      expect(open).toMatchObject({ passed: true });
    },
  );
});

test("of a scan that still runs status and report end with 3, so that a script can wait", async () => {
  const running = await service.createScan(true);
  const named = ["--project", running.projectId, "--scan", running.scanId];

  const status = await command(["status", ...named]);
  const report = await command(["report", ...named]);
  const findings = await command(["findings", ...named]);

  expect(status).toEqual({
    exitCode: 3,
    stdout: expect.stringMatching(/^scan \d+: (queued|running) \(status code \d+\)\n$/) as string,
    stderr: "",
  });
  for (const { exitCode, stdout, stderr } of [report, findings]) {
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("(SCAN_NOT_FINISHED)");
  }
  expect(readdirSync(folder())).toEqual([]);
});

test("of a scan that failed status says why, and SARIF is made only where that is asked for", async () => {
  const { projectId } = things;
  const { scanId } = await service.client().scans.startScan(projectId);
  const named = ["--project", projectId, "--scan", scanId];
  const sarif = ["report", ...named, "--format", "sarif"];

  const status = await command(["status", ...named]);
  const refused = await command(sarif);
  const written = readdirSync(folder());
  const allowed = await command([...sarif, "--allow-unfinished"]);

  expect(status).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^scan \d+: failed \(status code \d+\): it crashed/) as string,
    stderr: "",
  });
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("--allow-unfinished");
  expect(refused.stderr).toContain("(SCAN_UNSUCCESSFUL)");
  expect(written).toEqual([]);
  expect(allowed.exitCode).toBe(0);
  expect(readFileSync(join(folder(), "report.sarif"), "utf8")).toContain('"executionSuccessful": false');
});

test("a scan of a stack is asked for at the service that gave its number out, and no key goes elsewhere", async () => {
  await service.forgetRequests();

  const { exitCode, stderr } = await command(["report", "--state", "-"], exported("https://api.example.com"));

  expect(exitCode).toBe(1);
  expect(stderr).toContain("its ID was issued by the service at https://api.example.com");
  expect(stderr).toContain("(OTHER_SERVICE)");
  expect(await service.requests()).toEqual([]);
});

test("a key that is wrong is an error that does not show it", async () => {
  const environment = { ...service.environment, CRASHTEST_API_KEY: "key-of-nobody-71aa" };

  const { exitCode, stderr } = await runCommand(["status", ...scan()], { environment });

  expect(exitCode).toBe(1);
  expect(stderr).toContain("(UNAUTHENTICATED)");
  expect(stderr).not.toContain("key-of-nobody");
});
