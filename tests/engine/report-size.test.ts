import { readFileSync } from "node:fs";
import { createServer, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
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

/** A report of any size: its items, and what stands before, between and behind them. */
interface Shape {
  head: string;
  item: (index: number) => string;
  separator: string;
  tail: string;
}

const INFORMATION = (index: number): string =>
  `Found possible XSS vulnerability for parameter p${index % 97} (GET) on http://127.0.0.1:9/area-${index % 1009}/page-${index}/` +
  ` with payload <svg ${index.toString(16).padStart(8, "0")}-0c78-45c3-848c-6cbd50a61450 'ons>' ${"x".repeat(index % 120)}`;

const finding = (index: number, information: string): string =>
  JSON.stringify({
    service_type: "xss",
    finding_description_slug: "xss",
    information,
    details: { request: { has_findings: false } },
    created_at: `2026-01-02T03:04:05.${index % 1_000_000}Z`,
  });

const jsonReport = (item: Shape["item"]): Shape => ({
  head: '{"message":"scan_findings_retrieved","data":{"findings":{"ssl":[],"xss":[',
  item,
  separator: ",",
  tail: ']},"descriptions":[{"slug":"xss","title":"Cross-site scripting","baseScore":6.1}],"scanners":["ssl","xss"]}}',
});

/** Some 160,000 findings of 300 to 500 bytes, each with a character that takes two bytes in memory, and so does its text then. */
const MANY = jsonReport((index) => finding(index, `${INFORMATION(index)} \u2192`));
/** 15 findings of 4 MiB, as a scanner's that repeats what a page said. */
const LONG = jsonReport((index) => finding(index, INFORMATION(index) + "lorem ipsum ".repeat((4 * 1024 * 1024) / 12)));

const escaped = (text: string): string => text.replaceAll("<", "&lt;").replaceAll("'", "&apos;");
const XML: Shape = {
  head: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="Crashtest Security Suite">\n',
  item: (index) => `<testcase classname="xss.crashtest.cloud" name="Cross-site scripting (${index + 1})">
<failure message='Cross-site scripting: ${escaped(INFORMATION(index))}' type="medium">${escaped(INFORMATION(index))}</failure>
</testcase>`,
  separator: "\n",
  tail: "</testsuite>\n</testsuites>\n",
};

const BYTES_AT_ONCE = 64 * 1024;

/** A report of exactly so many bytes; blanks stand where no further item fits in. */
function* reportOf({ head, item, separator, tail }: Shape, bytes: number): Generator<string> {
  let held = head;
  let left = bytes - Buffer.byteLength(head + tail);
  for (let index = 0; ; index += 1) {
    const text = `${index === 0 ? "" : separator}${item(index)}`;
    const size = Buffer.byteLength(text);
    if (size > left) break;
    left -= size;
    held += text;
    if (held.length > BYTES_AT_ONCE) {
      yield held;
      held = "";
    }
  }
  yield `${held}${" ".repeat(left)}${tail}`;
}

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

/**
 * Notes what the system counts for the program and for the provider, again and again: the engine kills a program whose gate
 * is closed. The program is a grandchild of the CLI, the provider a child.
 */
const MEASURED = `
const fs = require("fs");
const statusOf = (pid) => {
  try {
    return fs.readFileSync("/proc/" + pid + "/status", "utf8");
  } catch {
    return "";
  }
};
const field = (status, name) => new RegExp("^" + name + ":\\\\s+(\\\\d+)", "m").exec(status)?.[1];
const parentOf = (pid) => field(statusOf(pid), "PPid");
const cli = parentOf(parentOf("self"));
const isProvider = (pid) =>
  parentOf(pid) === cli && fs.readFileSync("/proc/" + pid + "/cmdline", "utf8").includes("dynamic-provider");
const peaks = { program: 0, provider: 0 };
let provider;
const note = () => {
  provider ??= fs.readdirSync("/proc").find((name) => /^[0-9]+$/.test(name) && isProvider(name));
  for (const [name, pid] of [["program", "self"], ["provider", provider ?? "none"]]) {
    peaks[name] = Math.max(peaks[name], Number(field(statusOf(pid), "VmHWM") ?? 0) * 1024);
  }
  fs.writeFileSync(__dirname + "/peaks.next", JSON.stringify(peaks));
  fs.renameSync(__dirname + "/peaks.next", __dirname + "/peaks");
};
gate.verdict.apply(note);
setInterval(note, 50).unref();
process.on("exit", note);
`;

const peaksOf = (stack: Stack): { program: number; provider: number } =>
  JSON.parse(readFileSync(join(stack.folder, "peaks"), "utf8")) as { program: number; provider: number };

/** Neither program nor provider may be larger, and both have to have been measured. */
function expectSmall(stack: Stack): void {
  const peaks = peaksOf(stack);
  process.stderr.write(`PEAKS ${JSON.stringify(peaks)}\n`);
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

const SHAPES: [string, Shape, RegExp][] = [
  ["many findings", MANY, /has too many findings: 1\d{5} medium \(failOn: medium\)/],
  ["long texts", LONG, /has too many findings: 15 medium \(failOn: medium\)/],
];

onLinux.each(SHAPES)(
  `a gate closes by reports of 64 MiB with %s, in 400 MB of memory${reason}`,
  async (_, shape, told) => {
    await start(gatedProgram(`failOn: "medium"`), { ...FULL, json: { shape, bytes: MAX_REPORT_BYTES } });

    const output = await stack.upFails();

    expect(output).toContain("gate closed (findings): scan 1");
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

onLinux.each(["lastPassed", "firstScan"])(
  `a gate with a baseline (%s) compares reports of 64 MiB, in 400 MB of memory${reason}`,
  async (baseline) => {
    const program = (build: number): string =>
      gatedProgram(`failOn: "medium", maxFindings: { medium: 500_000 }, baseline: "${baseline}"`, `triggers: [${build}]`);
    await start(program(1), FULL);

    const first = await stack.up();
    const firstPeaks = peaksOf(stack);
    stack.write(program(2) + MEASURED);
    const second = await stack.up();

    process.stderr.write(`PEAKS ${JSON.stringify(firstPeaks)}\n`);
    console.log(first.slice(-1500), second.slice(-2500));
    expectSmall(stack);
  },
);
