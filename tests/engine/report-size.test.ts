import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./stack/ending";
import { decideBare, type DecidedGate, type GivenGate } from "./stack/gate-without-engine";
import {
  KINDS,
  LONG,
  MANY,
  NAMES,
  PLACES,
  TOO_LONG,
  TOO_MANY,
  WIDE,
  XML,
  XML_SCANNERS,
  type Shape,
} from "./stack/large-report";
import { MEASURED, peaksOf, type Peaks } from "./stack/memory";
import { MAX_REPORT_BYTES, startFront, type Reports } from "./stack/report-front";
import { gatedProgram } from "./stack/scans";
import { TEAM_ID, TestService } from "./stack/service";
import { Stack } from "./stack/stack";

/** What a program with a gate may have resident at its peak. Without a report it is some 180 MB, most of it the SDK's. */
const MAX_RESIDENT_BYTES = 400e6;

const isMeasurable = process.platform === "linux";
const onLinux = isMeasurable ? test : test.skip;
const reason = isMeasurable ? "" : " (DID NOT RUN: only Linux tells the peak of a process)";
if (!isMeasurable) console.warn(`The tests on the memory of gates DID NOT RUN${reason}.`);

const full = (shape: Shape): Reports["json"] => ({ shape, bytes: MAX_REPORT_BYTES });
/** Where the other report is what is looked at. */
const small = (shape: Shape): Reports["json"] => ({ shape, bytes: 100_000 });

const FULL: Reports = { json: full(MANY), xml: full(XML) };

/** Neither program nor provider may be larger, and both have to have been measured. SHOW_PEAKS=1 prints how large they were. */
function expectSmall(peaks: Peaks): void {
  if (process.env["SHOW_PEAKS"] !== undefined)
    process.stderr.write(`PEAKS ${expect.getState().currentTestName} ${JSON.stringify(peaks)}\n`);
  for (const peak of [peaks.program, peaks.provider]) {
    expect(peak).toBeGreaterThan(50e6);
    expect(peak).toBeLessThanOrEqual(MAX_RESIDENT_BYTES);
  }
}

/** As the engine would have it decided; neither part of it may be larger. */
async function decide(environment: Record<string, string>, given: GivenGate): Promise<DecidedGate> {
  const decided = await decideBare(environment, given);
  expectSmall(decided.peaks);
  return decided;
}

let service: TestService;

const serve = async (reports: Reports): Promise<Record<string, string>> => {
  service = await TestService.start();
  return { ...service.environment, CRASHTEST_ENDPOINT: await startFront(service, reports) };
};

/** A service that has ended scans 1 and 2 of project 1, whose reports these are. */
const serveEnded = async (reports: Reports): Promise<Record<string, string>> => {
  const environment = await serve(reports);
  await service.api("POST", "/projects", {
    name: "shop",
    url: "http://127.0.0.1:9/",
    type: "webapp",
    team_id: TEAM_ID,
  });
  for (const _ of ["1", "2"]) await service.api("POST", "/projects/1/scans");
  return environment;
};

onLinux(`a gate opens by reports of 64 MiB with many findings, in 400 MB of memory${reason}`, async () => {
  const environment = await serve(FULL);
  const stack = Stack.create({ program: gatedProgram({ failOn: "high" }) + MEASURED, environment });

  const output = await stack.up();

  expect(output).toContain("gate open: scan 1 found 0 critical, 0 high, ");
  const { findingCounts } = await stack.outputs();
  expect(findingCounts).toMatchObject({ high: 0, medium: expect.any(Number) as number, unknown: 0 });
  expect((findingCounts as { medium: number }).medium).toBeGreaterThan(100_000);
  expectSmall(peaksOf(stack));
});

const CLOSING: [string, Shape, string | RegExp, Reports["xml"]?][] = [
  ["many findings", MANY, /\(findings\): scan 1 has too many findings: 1\d{5} medium \(failOn: medium\)/, FULL.xml],
  ["long places", PLACES, /\(findings\): scan 1 has too many findings: 1\d{5} medium \(failOn: medium\)/],
  ["long texts", LONG, /\(findings\): scan 1 has too many findings: 2\d\d medium \(failOn: medium\)/],
  [
    "many scanners and kinds",
    KINDS,
    /\(findings\): scan 1 has too many findings: 1\d{5} unknown \(failOn: medium\)/,
    full(XML_SCANNERS),
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
  async (_, json, told, xml = small(XML)) => {
    const environment = await serveEnded({ json: full(json), xml });

    const { isClosed, output } = await decide(environment, { settings: { failOn: "medium" } });

    expect(isClosed).toBe(true);
    expect(output).toMatch(told);
  },
);

onLinux.each(["json", "xml"] as const)(
  `one byte more in the %s report closes the gate, which says what to set, in 400 MB of memory${reason}`,
  async (format) => {
    const reports = { json: small(MANY), xml: small(XML), [format]: { ...FULL[format], bytes: MAX_REPORT_BYTES + 1 } };
    const environment = await serveEnded(reports);

    const { isClosed, output } = await decide(environment, { settings: { failOn: "high" } });

    expect(isClosed).toBe(true);
    expect(output).toContain("gate closed (reportTooLarge): scan 1 has no report to decide by");
    expect(output).toContain(`Could not get the ${format} report of scan 1 of project 1`);
    expect(output).toContain("the report has more than 67108864 bytes. Raise crashtest:maxReportBytes");
  },
);

onLinux(
  `a gate by webhook, which has findings from XML, decides by a report of 64 MiB, in 400 MB of memory${reason}`,
  async () => {
    const environment = await serveEnded(FULL);
    const webhook = await service.webhookOf("1");

    const { isClosed, output } = await decide(environment, { settings: { failOn: "medium" }, webhook });

    expect(isClosed).toBe(true);
    expect(output).toMatch(/has too many findings: \d{5,6} medium \(failOn: medium\)/);
  },
);

/** Each scan is let pass, so that it becomes a baseline. */
const BASED = { failOn: "medium", maxFindings: { medium: 500_000 } };
const COMPARED: Reports = { json: full(WIDE), xml: small(XML) };

onLinux(`a gate with a baseline (lastPassed) compares reports of 64 MiB, in 400 MB of memory${reason}`, async () => {
  const program = (build: number): string =>
    gatedProgram({ ...BASED, baseline: "lastPassed" }, { scan: { triggers: [build] } }) + MEASURED;
  const stack = Stack.create({ program: program(1), environment: await serve(COMPARED) });

  await stack.up();
  expectSmall(peaksOf(stack));
  stack.write(program(2));
  const output = await stack.up();

  expect(output).toMatch(/scan 2 found .*; 4\d{4} old left out/);
  expect(output).toMatch(/0 new, 4\d{4} old, 0 fixed/);
  expectSmall(peaksOf(stack));
});

onLinux(`a gate with a baseline (firstScan) compares reports of 64 MiB, in 400 MB of memory${reason}`, async () => {
  const environment = await serveEnded(COMPARED);
  const settings = { ...BASED, baseline: "firstScan" };

  const { baseline } = await decide(environment, { settings });
  const { output } = await decide(environment, { settings, baseline, scanId: "2" });

  expect(output).toMatch(/scan 2 found .*; 4\d{4} old left out/);
  expect(output).toMatch(/0 new, 4\d{4} old, 0 fixed/);
});

onLinux(
  `a scan with more findings than a baseline has room for closes the gate, in 400 MB of memory${reason}`,
  async () => {
    const environment = await serveEnded({ json: full(MANY), xml: small(XML) });

    const { isClosed, output } = await decide(environment, { settings: { ...BASED, baseline: "firstScan" } });

    expect(isClosed).toBe(true);
    expect(output).toMatch(
      /gate closed \(reportTooLarge\): scan 1 has 1\d{5} findings, and a baseline in the state has room for 50000/,
    );
    expect(output).toContain("- compare with a file that lists fingerprints");
  },
);

onLinux(`a gate with a file as baseline compares reports of 64 MiB, in 400 MB of memory${reason}`, async () => {
  const environment = await serveEnded({ json: full(MANY), xml: small(XML) });
  const file = join(temporaryFolder("baseline"), "old.json");
  const digits = (index: number): string => index.toString(16).padStart(8, "0").padEnd(64, "0");
  writeFileSync(file, JSON.stringify(Array.from({ length: 125_000 }, (_, at) => digits(at))));

  const { isClosed, output } = await decide(environment, { settings: { ...BASED, baseline: { file } } });

  expect(isClosed).toBe(false);
  expect(output).toMatch(/1\d{5} new, 0 old, 125000 fixed/);
});
