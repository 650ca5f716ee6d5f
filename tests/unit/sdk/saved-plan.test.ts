import * as pulumi from "@pulumi/pulumi";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { forgetProgram, RecordedProgram, UNKNOWN_WIRE, type Registration } from "./recorded-program";
import { ScannedService } from "./scanned-service";

// A saved plan holds a deployment to what its preview registered, but for what was unknown there.

let service: ScannedService;

beforeAll(async () => {
  service = await ScannedService.start();
});
afterAll(() => service.close());
beforeEach(clearEnvironment);
afterEach(async () => {
  await pulumi.runtime.disconnect();
  forgetProgram();
  restoreEnvironment();
});

/** What a gated scan with these settings registers, by name. */
async function registrations(isPreview: boolean, settings: object): Promise<Map<string, Registration>> {
  const program = await RecordedProgram.start({ ...service.settings, isPreview });
  for (const how of ["info", "warn"] as const) jest.spyOn(pulumi.log, how).mockResolvedValue(undefined);
  const { Project, Scan, ScanGate } = program.sdk;
  const shop = new Project("shop", { teamId: 42, url: "https://shop.example/" });
  const scan = new Scan("nightly", { projectId: shop.projectId, triggers: [shop, shop.url] });
  const gate = new ScanGate("safe", { scan, advisory: true, ...settings });
  const told = { teamId: 42, url: "https://told.example/", name: gate.verdict.reason };
  await program.registered("told", new Project("told", told));
  await new Promise(setImmediate);
  return new Map(program.registrations.map((registration) => [registration.name, registration]));
}

test.each([
  [true, {}],
  [false, {}],
  [true, { baseline: "firstScan" }],
  [false, { baseline: "firstScan" }],
])(
  "in a preview (%s) as in a deployment a gate with the settings %j, and what takes its verdict, depend on its scan alone",
  async (isPreview, settings) => {
    const registered = await registrations(isPreview, settings);

    expect(["safe-verdict", "told"].map((name) => registered.get(name)?.dependencies)).toEqual([
      ["nightly"],
      ["nightly"],
    ]);
  },
);

test("a preview does not know the run of a scan without triggers", async () => {
  const program = await RecordedProgram.start({ isPreview: true });

  const scan = new program.sdk.Scan("nightly", { projectId: 7 });

  expect((await program.registered("nightly", scan)).inputs["runId"]).toBe(UNKNOWN_WIRE);
});

test("a preview knows whether a gate will keep a baseline, where it does not know the verdict", async () => {
  const program = await RecordedProgram.start({ isPreview: true });
  const scanId = pulumi.output(pulumi.unknown as string);

  jest.spyOn(pulumi.log, "info").mockResolvedValue(undefined);
  const gate = new program.sdk.ScanGate("safe", { projectId: "7", scanId, acceptJoined: true, baseline: "lastPassed" });
  await program.registered("safe", gate);
  await new Promise(setImmediate);

  const { inputs } = program.registrations.find(({ name }) => name === "safe-verdict") ?? {};
  expect(inputs).toMatchObject({ keepsBaseline: true, verdict: UNKNOWN_WIRE });
});
