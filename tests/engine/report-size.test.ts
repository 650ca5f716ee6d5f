import { writeFileSync } from "node:fs";
import { createServer, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  KINDS,
  LONG,
  MANY,
  NAMES,
  PLACES,
  reportOf,
  TOO_LONG,
  TOO_MANY,
  WIDE,
  XML,
  XML_SCANNERS,
  type Shape,
} from "./stack/large-report";
import { MEASURED, peaksOf } from "./stack/memory";
import { gatedProgram } from "./stack/scans";
import { TEAM_ID, TestService } from "./stack/service";
import { Stack } from "./stack/stack";

/** The default of `maxReportBytes`. */
const MAX_REPORT_BYTES = 64 * 1024 * 1024;
/** What a program with a gate may have resident at its peak. Without a report it is some 180 MB, most of it the SDK's. */
const MAX_RESIDENT_BYTES = 400e6;

const isMeasurable = process.platform === "linux";
const onLinux = isMeasurable ? test : test.skip;
const reason = isMeasurable ? "" : " (DID NOT RUN: only Linux tells the peak of a process)";
if (!isMeasurable) console.warn(`The tests on the memory of gates DID NOT RUN${reason}.`);

interface Reports {
  json: { shape: Shape; bytes: number };
  xml: { shape: Shape; bytes: number };
}

const FULL: Reports = {
  json: { shape: MANY, bytes: MAX_REPORT_BYTES },
  xml: { shape: XML, bytes: MAX_REPORT_BYTES },
};

/** The local service, but for reports, which are larger than it takes a script for. */
async function startFront(service: TestService, reports: Reports): Promise<Server> {
  const front = createServer((incoming, response) => {
    const [, format] = /\/report\/(json|xml|junit)$/.exec(incoming.url ?? "") ?? [];
    if (format === undefined) {
      const { method, headers, url = "" } = incoming;
      const outgoing = request(service.url + url, { method: method ?? "GET", headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(outgoing);
    } else sendReport(response, format === "json" ? "json" : "xml", reports);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  return front;
}

function sendReport(response: ServerResponse, format: "json" | "xml", reports: Reports): void {
  const { shape, bytes } = reports[format];
  response.writeHead(200, { "content-type": `application/${format}` });
  Readable.from(reportOf(shape, bytes))
    .on("error", () => undefined)
    .pipe(response);
}

/** Neither program nor provider may be larger, and both have to have been measured. SHOW_PEAKS=1 prints how large they were. */
function expectSmall(stack: Stack): void {
  const peaks = peaksOf(stack);
  if (process.env["SHOW_PEAKS"] !== undefined)
    process.stderr.write(`PEAKS ${expect.getState().currentTestName} ${JSON.stringify(peaks)}\n`);
  for (const peak of [peaks.program, peaks.provider]) {
    expect(peak).toBeGreaterThan(50e6);
    expect(peak).toBeLessThanOrEqual(MAX_RESIDENT_BYTES);
  }
}

let service: TestService;
let front: Server;
let stack: Stack;

const start = async (program: string, reports: Reports): Promise<void> => {
  service = await TestService.start();
  front = await startFront(service, reports);
  const endpoint = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const environment = { ...service.environment, CRASHTEST_ENDPOINT: endpoint };
  stack = await Stack.create({ program: program + MEASURED, environment });
};

afterEach(async () => {
  if (!isMeasurable) return;
  stack.remove();
  front.closeAllConnections();
  await new Promise((resolve) => front.close(resolve));
  await service.close();
});

onLinux(`a gate opens by reports of 64 MiB with many findings, in 400 MB of memory${reason}`, async () => {
  await start(gatedProgram(`failOn: "high"`), FULL);

  const output = await stack.up();

  expect(output).toContain("gate open: scan 1 found 0 critical, 0 high, ");
  const { findingCounts } = await stack.outputs();
  expect(findingCounts).toMatchObject({ high: 0, medium: expect.any(Number) as number, unknown: 0 });
  expect((findingCounts as { medium: number }).medium).toBeGreaterThan(100_000);
  expectSmall(stack);
});

const CLOSING: [string, Shape, string | RegExp, Shape?][] = [
  ["many findings", MANY, /\(findings\): scan 1 has too many findings: 1\d{5} medium \(failOn: medium\)/],
  ["long places", PLACES, /\(findings\): scan 1 has too many findings: 1\d{5} medium \(failOn: medium\)/],
  ["long texts", LONG, /\(findings\): scan 1 has too many findings: 2\d\d medium \(failOn: medium\)/],
  [
    "many scanners and kinds",
    KINDS,
    /\(findings\): scan 1 has too many findings: 1\d{5} unknown \(failOn: medium\)/,
    XML_SCANNERS,
  ],
  ["a finding that is too long", TOO_LONG, "(reportTooLarge): scan 1 has no report to decide by: "],
  ["too many names", NAMES, /\(reportTooLarge\): .* has more than 100000 names of members in its findings/],
  [
    "too many findings",
    TOO_MANY,
    /\(reportTooLarge\): .*: Reading the findings report: \$ has more than 150000 findings/,
  ],
];

onLinux.each(CLOSING)(
  `a gate closes by reports of 64 MiB with %s, in 400 MB of memory${reason}`,
  async (_, json, told, xml = XML) => {
    const full = (shape: Shape): Reports["json"] => ({ shape, bytes: MAX_REPORT_BYTES });
    await start(gatedProgram(`failOn: "medium"`), { json: full(json), xml: full(xml) });

    const output = await stack.upFails();

    expect(output).toMatch(told);
    expectSmall(stack);
  },
);

onLinux.each(["json", "xml"] as const)(
  `one byte more in the %s report closes the gate, which says what to set, in 400 MB of memory${reason}`,
  async (format) => {
    const reports = { ...FULL, [format]: { ...FULL[format], bytes: MAX_REPORT_BYTES + 1 } };
    await start(gatedProgram(`failOn: "high"`), reports);

    const output = await stack.upFails();

    expect(output).toContain("gate closed (reportTooLarge): scan 1 has no report to decide by");
    expect(output).toContain(`Could not get the ${format} report of scan 1 of project 1`);
    expect(output).toContain("the report has more than 67108864 bytes. Raise crashtest:maxReportBytes");
    expectSmall(stack);
  },
);

onLinux(
  `a gate by webhook, which has findings from XML, decides by a report of 64 MiB, in 400 MB of memory${reason}`,
  async () => {
    await start("", FULL);
    await service.api("POST", "/projects", {
      name: "shop",
      url: "http://127.0.0.1:9/",
      type: "webapp",
      team_id: TEAM_ID,
    });
    const webhook = await service.webhookOf("1");
    stack.write(`
const scan = new crashtest.Scan("hooked", { webhook: pulumi.secret("${webhook}"), triggers: [1] });
const gate = new crashtest.ScanGate("safe", { scan, failOn: "medium", acceptJoined: true });
${MEASURED}`);

    const output = await stack.upFails();

    expect(output).toMatch(/has too many findings: \d{5,6} medium \(failOn: medium\)/);
    expectSmall(stack);
  },
);

/** Another `build` asks for another scan; each is let pass, so that it becomes a baseline. */
const program = (baseline: string, build: number): string =>
  gatedProgram(`failOn: "medium", maxFindings: { medium: 500_000 }, baseline: ${baseline}`, `triggers: [${build}]`);

onLinux.each(["lastPassed", "firstScan"])(
  `a gate with a baseline (%s) compares reports of 64 MiB, in 400 MB of memory${reason}`,
  async (baseline) => {
    await start(program(`"${baseline}"`, 1), { ...FULL, json: { shape: WIDE, bytes: MAX_REPORT_BYTES } });

    await stack.up();
    expectSmall(stack);
    stack.write(program(`"${baseline}"`, 2) + MEASURED);
    const output = await stack.up();

    expect(output).toMatch(/scan 2 found .*; 4\d{4} old left out/);
    expect(output).toMatch(/0 new, 4\d{4} old, 0 fixed/);
    expectSmall(stack);
  },
);

onLinux(
  `a scan with more findings than a baseline has room for closes the gate, in 400 MB of memory${reason}`,
  async () => {
    await start(program(`"firstScan"`, 1), FULL);

    const output = await stack.upFails();

    expect(output).toMatch(
      /gate closed \(reportTooLarge\): scan 1 has 1\d{5} findings, and a baseline in the state has room for 50000/,
    );
    expect(output).toContain("- compare with a file that lists fingerprints");
    expectSmall(stack);
  },
);

onLinux(`a gate with a file as baseline compares reports of 64 MiB, in 400 MB of memory${reason}`, async () => {
  await start(program(`{ file: "old.json" }`, 1), FULL);
  const digits = (index: number): string => index.toString(16).padStart(8, "0").padEnd(64, "0");
  writeFileSync(join(stack.folder, "old.json"), JSON.stringify(Array.from({ length: 125_000 }, (_, at) => digits(at))));

  const output = await stack.up();

  expect(output).toMatch(/1\d{5} new, 0 old, 125000 fixed/);
  expectSmall(stack);
});
