import * as pulumi from "@pulumi/pulumi";
import type { ScanGateArgs } from "pulumi-crashtest";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { errorLike } from "./error-like";
import { forgetProgram, isKnown, isSecret, RecordedProgram, settled, type Registration } from "./recorded-program";
import { ScannedService, type ScanOfProject } from "./scanned-service";

let service: ScannedService;
let program: RecordedProgram;

const start = async (isPreview = false): Promise<void> => {
  forgetProgram();
  program = await RecordedProgram.start({ ...service.settings, isPreview });
  said.length = 0;
  for (const how of ["info", "warn"] as const) {
    jest.spyOn(pulumi.log, how).mockImplementation((...[text]) => {
      said.push(`${how} ${text.split("\n", 1)[0] ?? ""}`);
      return Promise.resolve();
    });
  }
};

beforeAll(async () => {
  service = await ScannedService.start();
});
afterAll(() => service.close());

beforeEach(async () => {
  clearEnvironment();
  await start();
});

afterEach(async () => {
  await pulumi.runtime.disconnect();
  forgetProgram();
  restoreEnvironment();
});

/** What was said on rows, such as "warn advisory: ...". */
const said: string[] = [];

/** The first line of the findings as a table. */
const TABLE_HEAD = /^info +severity +score +finding +where$/;

/** What is to be held back. */
class Promotion extends pulumi.CustomResource {
  constructor(name: string, gate: pulumi.Resource) {
    super("any:index:Promotion", name, {}, { dependsOn: [gate] });
  }
}

/** What the engine was told, once the gate has let a dependent go on. */
async function registeredBehind(gate: pulumi.Resource): Promise<readonly Registration[]> {
  await program.registered("live", new Promotion("live", gate));
  return program.registrations;
}

const gateOn = (scan: ScanOfProject, settings: object = {}) =>
  new program.sdk.ScanGate("safe", { ...scan, acceptJoined: true, ...settings });

test("a gate is a component, with one child that has the verdict", async () => {
  const registrations = await registeredBehind(gateOn(service.finished));

  const [gate, verdict, live] = registrations;
  expect(registrations).toHaveLength(3);
  expect(gate).toMatchObject({ type: "crashtest:index:ScanGate", name: "safe", inputs: {} });
  expect(verdict).toMatchObject({
    type: "pulumi-nodejs:dynamic/crashtest:Verdict",
    name: "safe-verdict",
    parent: "safe",
    inputs: {
      __provider: 'exports.handler=()=>require("pulumi-crashtest/provider/verdict")',
      advisory: false,
      verdict: { passed: true, reason: "passed", scanId: service.finished.scanId },
    },
  });
  expect(live?.name).toBe("live");
});

test("its outputs are the verdict and its parts, without the time and the settings", async () => {
  const { projectId, scanId } = service.finished;
  const gate = gateOn(service.finished);

  const known = await settled(
    pulumi.all([gate.projectId, gate.scanId, gate.passed, gate.status, gate.findingCounts, gate.verdict]),
  );

  const findingCounts = { critical: 0, high: 0, medium: 1, low: 0, info: 0, unknown: 0 };
  expect(known.slice(0, 5)).toEqual([
    projectId,
    scanId,
    true,
    expect.objectContaining({ scanId, state: "finished" }),
    findingCounts,
  ]);
  expect(known[5]).toEqual({
    passed: true,
    reason: "passed",
    message: `gate open: scan ${scanId} found 0 critical, 0 high, 1 medium, 0 low, 0 info, 0 unknown (failOn: high).`,
    scanId,
    findingCounts,
    missingScanners: [],
  });
});

const UNLIMITED = new Map([["medium", 0]]);

test.each([
  ["plain", UNLIMITED],
  ["as an output", pulumi.output(1).apply(() => UNLIMITED)],
  ["as a promise", Promise.resolve(UNLIMITED)],
])("limits that are no plain object, %s, close the gate: they would be taken for none", async (_how, maxFindings) => {
  await start(true);
  const gate = gateOn(service.finished, { maxFindings });

  const { passed, reason, message } = await settled(gate.verdict);
  expect({ passed, reason }).toEqual({ passed: false, reason: "invalidSettings" });
  expect(message).toContain("maxFindings must give whole numbers of 0 or more");
});

test("settings can be outputs", async () => {
  const gate = gateOn(service.finished, { failOn: pulumi.output("none"), acceptJoined: pulumi.output(true) });

  expect((await settled(gate.verdict)).message).toContain("(failOn: none)");
});

test("an advisory gate that is closed says so to its child, and holds nothing back", async () => {
  const gate = gateOn(service.finished, { failOn: "medium", advisory: true });

  const [, verdict] = await registeredBehind(gate);

  expect(verdict?.inputs).toMatchObject({ advisory: true, verdict: { passed: false, reason: "findings" } });
  expect(await settled(gate.passed)).toBe(false);
  expect(said).toEqual([
    `warn advisory: gate closed (findings): scan ${service.finished.scanId} has too many findings: 1 medium (failOn: medium).`,
    expect.stringMatching(TABLE_HEAD),
  ]);
});

test("an open gate says so on its row", async () => {
  const gate = gateOn(service.finished);

  const { message } = await settled(gate.verdict);

  expect(said).toEqual([`info ${message}`, expect.stringMatching(TABLE_HEAD)]);
});

test("a preview shows the findings of a closed gate only", async () => {
  await start(true);
  await settled(gateOn(service.finished).verdict);
  expect(said.filter((line) => line.startsWith("info  "))).toEqual([]);

  await settled(gateOn(service.finished, { failOn: "medium" }).verdict);
  expect(said.filter((line) => line.startsWith("info  "))).toEqual([expect.stringMatching(TABLE_HEAD)]);
});

test.each<[string, object]>([
  ["nothing", {}],
  ["a scan and its IDs", { scan: {}, projectId: 7, scanId: 5 }],
  ["a scan and a project", { scan: {}, projectId: 7 }],
  ["a scan and an ID", { scan: {}, scanId: 5 }],
  ["settings alone", { failOn: "low" }],
])("a gate of %s is refused, and nothing is registered", async (_what, args) => {
  expect(() => new program.sdk.ScanGate("safe", args as ScanGateArgs)).toThrow(
    errorLike({
      code: "ARGUMENT_INVALID",
      message: "ScanGate: either scan or both projectId and scanId must be set.",
    }),
  );
  await Promise.resolve();
  expect(program.registrations).toEqual([]);
});

test("a gate with a plain API key in the configuration is refused", async () => {
  forgetProgram();
  program = await RecordedProgram.start({ config: { "crashtest:apiKey": "k-1" } });

  expect(() => gateOn(service.finished)).toThrow(errorLike({ code: "CONFIGURATION_INVALID" }));
});

test("invalid settings of the provider close the gate, which names them", async () => {
  forgetProgram();
  program = await RecordedProgram.start({ config: { "crashtest:maxReportBytes": "many" } });

  const { passed, reason, message } = await settled(gateOn(service.finished, { advisory: true }).verdict);

  expect({ passed, reason }).toEqual({ passed: false, reason: "scanUnreachable" });
  expect(message).toContain("crashtest:maxReportBytes");
});

describe("in a preview", () => {
  beforeEach(() => start(true));

  test("a scan that runs leaves the gate unknown, and lets what depends on it be previewed", async () => {
    const gate = gateOn(service.running);

    const names = (await registeredBehind(gate)).map(({ name }) => name);

    const outputs = [gate.projectId, gate.scanId, gate.passed, gate.verdict, gate.status, gate.findingCounts];
    expect(await Promise.all(outputs.map((output) => isKnown(output)))).toEqual(Array(6).fill(false));
    expect(names).toEqual(["safe", "safe-verdict", "live"]);
    expect(said).toEqual([
      `info the gate will wait for the scan's end, and then decide: scan ${service.running.scanId} is running`,
    ]);
  });

  test("a scan that has ended is decided about", async () => {
    const gate = gateOn(service.finished);

    expect(await settled(gate.passed)).toBe(true);
  });

  test("a scan that is only to be started is asked for by nobody", async () => {
    const before = await service.paths();
    const gate = new program.sdk.ScanGate("safe", {
      projectId: "7",
      scanId: pulumi.output(pulumi.unknown as string),
      acceptJoined: true,
    });

    expect(await isKnown(gate.verdict)).toBe(false);
    expect(await service.paths()).toEqual(before);
    expect(said).toEqual(["info the gate will wait for the scan that the deployment starts, and then decide"]);
  });
});

test("a gate asks for the status before the reports, and for each report once", async () => {
  const before = (await service.paths()).length;

  await settled(gateOn(service.finished).verdict);

  const { projectId, scanId } = service.finished;
  const scan = `/projects/${projectId}/scans/${scanId}`;
  expect((await service.paths()).slice(before)).toEqual([
    `${scan}/status`,
    `${scan}/report/xml`,
    `${scan}/report/json`,
  ]);
});

/** What the SDK waits for before anything that depends on a component goes on. */
const barrierOf = (gate: pulumi.ComponentResource): Promise<unknown> => Reflect.get(gate, "__data") as Promise<unknown>;

test("a gate that is closed fails its barrier, with its message and no trace of our code", async () => {
  const barrier = barrierOf(gateOn(service.finished, { failOn: "medium" }));

  const failure = await barrier.catch((error: unknown) => error as Error);

  expect(failure).toBeInstanceOf(pulumi.RunError);
  expect(failure).toMatchObject({ message: expect.stringMatching(/^gate closed \(findings\): scan \d+ /) as string });
  expect((failure as Error).stack).toBe((failure as Error).message);
});

describe("a gate without a decision, as of a scan that is not part of the run,", () => {
  const undecided = (settings: object): pulumi.ComponentResource =>
    gateOn({ projectId: "7", scanId: pulumi.output(pulumi.unknown) as never }, settings);

  test.each([{}, { advisory: false }, { advisory: pulumi.output(pulumi.unknown) }])(
    "fails its barrier: %j",
    async (settings) => {
      await expect(barrierOf(undecided(settings))).rejects.toThrow(
        "gate closed: there is no verdict, since its scan was not deployed in this run.",
      );
    },
  );

  test.each([true, pulumi.output(true)])("holds nothing back where it is advisory", async (advisory) => {
    const gate = undecided({ advisory });

    await expect(barrierOf(gate)).resolves.toBeUndefined();
    expect((await registeredBehind(gate)).map(({ name }) => name)).toContain("live");
  });
});

describe("a scan of the program", () => {
  test("is this deployment's own, and the way to another names its URN", async () => {
    const scan = new program.sdk.Scan("nightly", { projectId: service.finished.projectId });
    const gate = new program.sdk.ScanGate("safe", { scan, advisory: true });

    const { reason, message } = await settled(gate.verdict);
    expect(reason).toBe("scanStatusUnknown");
    expect(message).toContain("scan 12 is not, or no longer, known to the service");
    expect(message).toContain(`pulumi up --replace '${await settled(scan.urn)}'`);
  });

  test("by webhook may be anybody's, and nothing of the webhook is in what was decided", async () => {
    await start(true);
    const webhook = "3f2b1c9a-7d4e-4c1b-9a53-0e6f8d2a7b11";
    const scan = new program.sdk.Scan("nightly", { webhook });

    const gate = new program.sdk.ScanGate("safe", { scan, requiredScanners: ["xss"] });
    const verdict = await settled(gate.verdict);

    expect(verdict).toMatchObject({ passed: false, reason: "invalidSettings", scanId: "12" });
    expect(verdict.message).toContain("requiredScanners needs findings as JSON");
    expect(verdict.message).toContain("acceptJoined must be true, since a webhook does not say");
    expect(JSON.stringify(verdict)).not.toContain(webhook);
    expect([await isSecret(gate.verdict), await settled(gate.projectId)]).toEqual([false, undefined]);
  });
});
