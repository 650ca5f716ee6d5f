import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./stack/ending";
import { decideBare, type DecidedGate, type GivenGate } from "./stack/gate-without-engine";
import { EMPTY, MANY, NESTED, SCANNERS, SHOWN, WIDE, XML, XML_NAMES, type Shape } from "./stack/large-report";
import { MEASURED, peaksOf, type Peaks } from "./stack/memory";
import { MAX_REPORT_BYTES, startFront, type Reports } from "./stack/report-front";
import { gatedProgram } from "./stack/scans";
import { TEAM_ID, TestService } from "./stack/service";
import { Stack } from "./stack/stack";

/** What a program with a gate may have resident at its peak. Without a report it is some 180 MB, most of it the SDK's. */
const MAX_RESIDENT_BYTES = 400e6;
/** A report that is made to fill memory may take more, and still ends in a verdict. */
const MAX_HOSTILE_BYTES = 1_000e6;

const isMeasurable = process.platform === "linux";
const onLinux = isMeasurable ? test : test.skip;
const reason = isMeasurable ? "" : " (DID NOT RUN: only Linux tells the peak of a process)";
if (!isMeasurable) console.warn(`The tests on the memory of gates DID NOT RUN${reason}.`);

const full = (shape: Shape): Reports["json"] => ({ shape, bytes: MAX_REPORT_BYTES });
/** Where the other report is what is looked at. */
const small = (shape: Shape): Reports["json"] => ({ shape, bytes: 100_000 });

const FULL: Reports = { json: full(WIDE), xml: full(XML) };

/** Both program and provider have to have been measured. SHOW_PEAKS=1 prints how large they were. */
function expectSmall(peaks: Peaks, most = MAX_RESIDENT_BYTES): void {
  if (process.env["SHOW_PEAKS"] !== undefined)
    process.stderr.write(`PEAKS ${expect.getState().currentTestName} ${JSON.stringify(peaks)}\n`);
  for (const peak of [peaks.program, peaks.provider]) {
    expect(peak).toBeGreaterThan(50e6);
    expect(peak).toBeLessThanOrEqual(most);
  }
}

/** As the engine would have it decided; neither part of it may be larger. */
async function decide(environment: Record<string, string>, given: GivenGate, most?: number): Promise<DecidedGate> {
  const decided = await decideBare(environment, given);
  expectSmall(decided.peaks, most);
  return decided;
}

let service: TestService;

const serve = async (reports: Reports): Promise<Record<string, string>> => {
  service = await TestService.start();
  return { ...service.environment, CRASHTEST_ENDPOINT: await startFront(service, reports) };
};

/** A service that has an ended scan 1 of project 1, whose reports these are. */
const serveEnded = async (reports: Reports): Promise<Record<string, string>> => {
  const environment = await serve(reports);
  await service.api("POST", "/projects", {
    name: "shop",
    url: "http://127.0.0.1:9/",
    type: "webapp",
    team_id: TEAM_ID,
  });
  await service.api("POST", "/projects/1/scans");
  return environment;
};

/** Each scan is let pass, so that it becomes a baseline. */
const BASED = { failOn: "medium", maxFindings: { medium: 10_000 }, baseline: "lastPassed" };

onLinux(`a gate with a baseline opens by reports of 16 MiB, in 400 MB of memory${reason}`, async () => {
  const program = (build: number): string => gatedProgram(BASED, { scan: { triggers: [build] } }) + MEASURED;
  const stack = Stack.create({ program: program(1), environment: await serve(FULL) });

  await stack.up();
  expectSmall(peaksOf(stack));
  stack.write(program(2));
  const output = await stack.up();

  expect(output).toMatch(/scan 2 found .*; 9\d{3} old left out/);
  expect(output).toMatch(/0 new, 9\d{3} old, 0 fixed/);
  expectSmall(peaksOf(stack));
});

const TOO_MANY =
  /\(reportTooLarge\): .*: Could not read the findings report: \$\.data\.findings has \d+ findings, but the limit is 10000/;

onLinux.each<[string, Reports, RegExp]>([
  ["with findings", FULL, /\(findings\): scan 1 has too many findings: 9\d{3} medium \(failOn: medium\)/],
  ["with too many findings", { json: full(MANY), xml: full(XML) }, TOO_MANY],
])(`a gate closes by reports of 16 MiB %s, in 400 MB of memory${reason}`, async (_what, reports, told) => {
  const environment = await serveEnded(reports);

  const { isClosed, output } = await decide(environment, { settings: { failOn: "medium" } });

  expect(isClosed).toBe(true);
  expect(output).toMatch(told);
});

onLinux.each<[string, Reports, RegExp]>([
  ["nothing but findings", { json: full(EMPTY), xml: small(XML) }, TOO_MANY],
  ["nothing but lists", { json: full(NESTED), xml: small(XML) }, /\(report(TooLarge|Unreadable)\)/],
  [
    "nothing but scanners",
    { json: full(SCANNERS), xml: small(XML) },
    /\(reportTooLarge\): .* (has more than|exceeds the limit of) 10000 scanners/,
  ],
  [
    "texts to be masked",
    { json: full(SHOWN), xml: small(XML) },
    /\(findings\): scan 1 has too many findings: \d{4} unknown/,
  ],
  ["nothing but attributes", { json: small(WIDE), xml: full(XML_NAMES) }, /\(findings\): scan 1 has too many findings/],
])(`a gate closes by a report of 16 MiB that has %s${reason}`, async (_what, reports, told) => {
  const environment = await serveEnded(reports);

  const given = { settings: { failOn: "medium", baseline: "lastPassed" } };
  const { isClosed, output } = await decide(environment, given, MAX_HOSTILE_BYTES);

  expect(isClosed).toBe(true);
  expect(output).toMatch(told);
});

onLinux.each(["json", "xml"] as const)(
  `one byte more in the %s report closes the gate, which says so, in 400 MB of memory${reason}`,
  async (format) => {
    const reports = { json: small(WIDE), xml: small(XML), [format]: { ...FULL[format], bytes: MAX_REPORT_BYTES + 1 } };
    const environment = await serveEnded(reports);

    const { isClosed, output } = await decide(environment, { settings: { failOn: "high" } });

    expect(isClosed).toBe(true);
    expect(output).toContain("gate closed (reportTooLarge): scan 1 has no report to decide by");
    expect(output).toContain(`Could not get the ${format} report of scan 1 of project 1`);
    expect(output).toContain("the report has more than 16777216 bytes. This limit holds");
  },
);

onLinux(`a gate by webhook, which has findings from XML, decides by 16 MiB, in 400 MB of memory${reason}`, async () => {
  const environment = await serveEnded(FULL);
  const webhook = await service.webhookOf("1");

  const { isClosed, output } = await decide(environment, { settings: { failOn: "medium" }, webhook });

  expect(isClosed).toBe(true);
  expect(output).toMatch(/has too many findings: \d{4} medium \(failOn: medium\)/);
});

onLinux(`a gate with a file as baseline compares a report of 16 MiB, in 400 MB of memory${reason}`, async () => {
  const environment = await serveEnded(FULL);
  const file = join(temporaryFolder("baseline"), "old.json");
  const digits = (index: number): string => index.toString(16).padStart(8, "0").padEnd(64, "0");
  writeFileSync(file, JSON.stringify(Array.from({ length: 125_000 }, (_, at) => digits(at))));

  const { isClosed, output } = await decide(environment, { settings: { ...BASED, baseline: { file } } });

  expect(isClosed).toBe(false);
  expect(output).toMatch(/9\d{3} new, 0 old, 125000 fixed/);
});
