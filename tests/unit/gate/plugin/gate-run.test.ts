import { verdictLifecycle } from "../../../../gate/child/verdict";
import type { GateInputs } from "../../../../gate/plugin/gate-inputs";
import { type GateRun, runGate } from "../../../../gate/plugin/gate-run";
import { UNKNOWN, type Values } from "../../../../provider/lifecycle/lifecycle";
import { Secret, plainValues } from "../../../../provider/wire/properties";
import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import type { ScanStatus } from "../../../../service/scan-status";
import type { ScanningService } from "../../../../service/service";
import { wireFinding, wireReport } from "../../../fixtures/report";

const SCAN = "urn:pulumi:dev::shops::crashtest:index:Scan::nightly";
const GATE = "urn:pulumi:dev::shops::crashtest:index:ScanGate::safe";
const STATE = { projectId: "7", scanId: "31", joined: false, service: { origin: "http://127.0.0.1:9" } };
const XML = '<testsuites><testsuite><testcase classname="xss.crashtest.cloud"/></testsuite></testsuites>';
const CLEAN = wireReport({ xss: [] });
const HIGH = wireReport({ xss: [wireFinding()] });

interface World {
  status?: ScanStatus["state"];
  report?: object;
  /** The scan's outputs in this run; null: the command left it out. */
  state?: Values | null;
  /** What the child has in the state. */
  olds?: Values;
  /** What the child answers where the command leaves it out. */
  leftOut?: Values;
}

/** What the engine sends of a resource's inputs: only a preview has unknown ones. */
const sentToCheck = (inputs: Values, isPreview: boolean): Values =>
  Object.fromEntries(Object.entries(plainValues(inputs)).filter(([, value]) => isPreview || value !== UNKNOWN));

/** A gate over a service and an engine that answer at once. */
class FakeRun {
  readonly said: string[] = [];
  readonly requests: string[] = [];
  readonly registered: Values[] = [];
  readonly cancelled = new AbortController();
  readonly run: GateRun;

  constructor(
    { status = "finished", report = CLEAN, state = STATE, olds = {}, leftOut }: World,
    run: Partial<GateRun>,
  ) {
    const asked = <Answer>(what: string, answer: Answer): Promise<Answer> => {
      this.requests.push(what);
      return Promise.resolve(answer);
    };
    const service: Partial<ScanningService> = {
      rules: CRASHTEST_RULES,
      getScanStatus: () => asked("status", { scanId: "31", state: status, statusCode: 3 }),
      readReport: (_scan, format) => asked(format, format === "json" ? JSON.stringify(report) : XML),
    };
    const say = (text: string): void => {
      this.said.push(text);
    };
    this.run = {
      urn: GATE,
      row: {
        say: (_how, text) => {
          say(text);
        },
        sayEphemeral: say,
        showTable: say,
      },
      service: service as ScanningService,
      secrets: [],
      scans: new Map(state === null ? [] : [[SCAN, { inputs: {}, state }]]),
      signal: this.cancelled.signal,
      monitor: {
        readResource: () => Promise.resolve(STATE),
        registerVerdict: (_urn, inputs) => {
          this.registered.push(inputs);
          if (leftOut !== undefined) return Promise.resolve(leftOut);
          if (this.run.isTakingDown) return Promise.resolve({});
          const checked = verdictLifecycle.check({} as never, olds, sentToCheck(inputs, this.run.isPreview));
          const isClosed = checked.failures.length > 0;
          return isClosed ? Promise.reject(new Error("resource monitor shut down")) : Promise.resolve(checked.inputs);
        },
      },
      isPreview: false,
      isTakingDown: false,
      ...run,
    };
  }
}

const INPUTS: GateInputs = {
  target: { scanUrn: SCAN },
  settings: {},
  keepsBaseline: undefined,
  isSecret: false,
};
const KEEPING: Partial<GateInputs> = { settings: { baseline: "lastPassed" }, keepsBaseline: true };

function gate(inputs: Partial<GateInputs> = {}, world: World = {}, run: Partial<GateRun> = {}) {
  const fake = new FakeRun(world, run);
  return { fake, outputs: runGate({ ...INPUTS, ...inputs }, fake.run) };
}

const ALL_UNKNOWN = {
  passed: UNKNOWN,
  verdict: UNKNOWN,
  findingCounts: UNKNOWN,
  scanId: UNKNOWN,
  projectId: UNKNOWN,
  status: UNKNOWN,
};

test("an open gate gives its verdict to the child and to the program", async () => {
  const { fake, outputs } = gate();

  expect(await outputs).toMatchObject({
    passed: true,
    verdict: { passed: true, scanId: "31" },
    findingCounts: { high: 0 },
    scanId: "31",
    projectId: "7",
    status: { state: "finished" },
  });
  expect(fake.registered).toMatchObject([{ verdict: { passed: true }, advisory: false, service: STATE.service }]);
  expect(fake.said).toEqual([expect.stringContaining("gate open: scan 31")]);
});

test.each([true, false])(
  "a closed gate fails with its message, and shows its findings; in a preview: %p",
  async (isPreview) => {
    const { fake, outputs } = gate({}, { report: HIGH }, { isPreview });

    await expect(outputs).rejects.toThrow("gate closed (findings): scan 31 has too many findings: 1 high");
    expect(fake.said).toEqual([expect.stringContaining("Open door")]);
  },
);

test("an advisory gate reports only, but for settings that cannot be used", async () => {
  const advisory = gate({ settings: { advisory: true } }, { report: HIGH });
  const settings = { advisory: true, minCvss: 11 };

  expect(await advisory.outputs).toMatchObject({ passed: false, findingCounts: { high: 1 } });
  expect(advisory.fake.registered).toMatchObject([{ advisory: true, verdict: { passed: false } }]);
  expect(advisory.fake.said[0]).toContain("advisory: gate closed");
  await expect(gate({ settings }).outputs).rejects.toThrow("gate closed (invalidSettings)");
});

describe("a gate that counts new findings", () => {
  const recorded = async (report: object): Promise<Values> => {
    const { fake, outputs } = gate(KEEPING, { report });
    await outputs;
    return verdictLifecycle.check({} as never, {}, fake.registered[0] ?? {}).inputs;
  };

  test("leaves the decision to the child, with the state", async () => {
    const olds = await recorded(CLEAN);
    const open = gate({ ...KEEPING, settings: { baseline: "lastPassed" } }, { olds });

    expect(await open.outputs).toMatchObject({ passed: true, verdict: { passed: true } });
    expect(open.fake.registered).toMatchObject([{ question: expect.any(String) as string, keepsBaseline: true }]);
    expect(open.fake.said).toEqual([expect.stringContaining("gate open")]);
    await expect(gate(KEEPING, { olds, report: HIGH }).outputs).rejects.toThrow("resource monitor shut down");
  });

  test("closes where the command left the child out, unless it answered the same question", async () => {
    const leftOut = await recorded(CLEAN);

    expect(await gate(KEEPING, { leftOut }).outputs).toMatchObject({ passed: true });
    for (const world of [{ leftOut, report: HIGH }, { leftOut: {} }]) {
      await expect(gate(KEEPING, world).outputs).rejects.toThrow("since this run leaves the gate's verdict out");
    }
  });
});

describe("a scan that is not known yet", () => {
  const UNSTARTED = { state: { ...STATE, scanId: UNKNOWN } };

  test.each<[string, Partial<GateInputs>, World]>([
    ["its ID is unknown", {}, UNSTARTED],
    ["the IDs are unknown", { target: UNKNOWN }, {}],
    ["a setting is unknown", { settings: UNKNOWN }, {}],
  ])("makes the outputs of a preview unknown, where %s", async (_what, inputs, world) => {
    const { fake, outputs } = gate(inputs, world, { isPreview: true });

    expect(await outputs).toEqual(ALL_UNKNOWN);
    expect(fake.registered).toMatchObject([{ verdict: UNKNOWN, question: UNKNOWN }]);
    expect(fake.said).toEqual(["the gate will wait for the scan that the deployment starts, and then decide"]);
    expect(fake.requests).toEqual([]);
  });

  test.each([false, true])("closes in a deployment with its own message; advisory: %p", async (advisory) => {
    const { fake, outputs } = gate({ settings: { advisory } }, UNSTARTED);

    await expect(outputs).rejects.toThrow(
      "gate closed: there is no verdict, since its scan was not deployed in this run",
    );
    expect(fake.registered).toEqual([]);
  });

  test("that runs is not waited for in a preview", async () => {
    const { fake, outputs } = gate({}, { status: "running" }, { isPreview: true });

    expect(await outputs).toEqual(ALL_UNKNOWN);
    expect(fake.said).toEqual([expect.stringContaining("the gate will wait for the scan's end")]);
  });
});

test.each([true, false])(
  "a scan that the command left out closes, without a request; in a preview: %p",
  async (isPreview) => {
    const { fake, outputs } = gate({ settings: { acceptJoined: true } }, { state: null }, { isPreview });

    await expect(outputs).rejects.toThrow("scan 31 was not deployed by the gate's provider in this run");
    expect(fake.requests).toEqual([]);
  },
);

test("a command that takes down asks nobody, and holds nothing back", async () => {
  const { fake, outputs } = gate({}, { report: HIGH }, { isTakingDown: true });

  expect(await outputs).toEqual(ALL_UNKNOWN);
  expect(fake.requests).toEqual([]);
  expect(fake.said).toEqual([]);
});

test("a run that is cancelled ends the wait at once, with nothing registered", async () => {
  const { fake, outputs } = gate({}, { status: "running" });
  const ended = expect(outputs).rejects.toThrow("cancelled");

  setTimeout(() => {
    fake.cancelled.abort(new Error("cancelled"));
  }, 20);
  await ended;

  expect(fake.registered).toEqual([]);
  expect(fake.requests).toEqual(["status"]);
});

test("a gate with a secret input has secret outputs, and gives its child a secret verdict", async () => {
  const { fake, outputs } = gate({ isSecret: true });

  expect(Object.entries(await outputs).filter(([, value]) => !(value instanceof Secret))).toEqual([]);
  expect(fake.registered[0]?.["verdict"]).toBeInstanceOf(Secret);
});

test("no text has a part of a secret", async () => {
  const report = wireReport({ xss: [wireFinding({ information: "door", service_type: "k3y-0123456789" })] });
  const { fake, outputs } = gate({}, { report }, { secrets: ["k3y-0123456789"] });

  await outputs.catch((error: unknown) => fake.said.push(String(error)));
  expect(fake.said.join()).not.toContain("k3y-0");
});
