import * as pulumi from "@pulumi/pulumi";
import type { ScanGateArgs, Verdict } from "pulumi-crashtest";
import type { LifecycleContext, Values } from "../../../provider/lifecycle/lifecycle";
import { verdictLifecycle } from "../../../gate/child/verdict";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { forgetProgram, RecordedProgram, settled } from "./recorded-program";
import { ScannedService } from "./scanned-service";

let service: ScannedService;
let program: RecordedProgram;
const said: string[] = [];

/** What the engine answers with for a gate's child: what its lifecycle makes of it, or what another run left in the state. */
type Answer = (inputs: Values) => Values;
const checked: Answer = (inputs) => verdictLifecycle.check({} as LifecycleContext, {}, inputs).inputs;

const start = async (answer: Answer, isPreview = false): Promise<void> => {
  const newResource: pulumi.runtime.Mocks["newResource"] = ({ type, inputs }) => ({
    id: "id",
    state: type.endsWith(":Verdict") ? answer(inputs as Values) : (inputs as object),
  });
  program = await RecordedProgram.start({ ...service.settings, isPreview, mocks: { call: () => ({}), newResource } });
  for (const how of ["info", "warn"] as const) {
    jest.spyOn(pulumi.log, how).mockImplementation((...[text]) => {
      said.push(text);
      return Promise.resolve();
    });
  }
};

beforeAll(async () => {
  service = await ScannedService.start();
});
afterAll(() => service.close());
beforeEach(() => {
  clearEnvironment();
  said.length = 0;
});
afterEach(async () => {
  await pulumi.runtime.disconnect();
  forgetProgram();
  restoreEnvironment();
});

/** What is held back; once the engine knows it, it knows the gate's child. */
class Promotion extends pulumi.CustomResource {
  constructor(gate: pulumi.Resource) {
    super("any:index:Promotion", "live", {}, { dependsOn: [gate] });
  }
}

/** The verdict of a gate, and what its child was handed. */
async function decide(settings: object = {}): Promise<{ verdict: Verdict; handed: Values }> {
  const given = { ...service.finished, acceptJoined: true, failOn: "medium", baseline: "firstScan", ...settings };
  const gate = new program.sdk.ScanGate("safe", given as ScanGateArgs);
  await program.registered("live", new Promotion(gate));
  return { verdict: await settled(gate.verdict), handed: program.registrations[1]?.inputs ?? {} };
}

test("the child is handed a question, and its answer is the verdict", async () => {
  await start(checked);

  const { verdict, handed } = await decide();

  expect(handed).toMatchObject({ keepsBaseline: true, advisory: false });
  expect(handed["verdict"]).toBeUndefined();
  expect(JSON.parse(String(handed["question"]))).toMatchObject({ settings: { baseline: "firstScan" } });
  expect(verdict).toMatchObject({ passed: true, reason: "passed", scanId: service.finished.scanId });
  expect(said[0]).toContain("1 recorded as the baseline");
  expect(said[1]).toMatch(/^ severity/);
});

test.each<[string, Answer]>([
  ["nothing", () => ({})],
  ["no baseline", (inputs) => ({ ...checked(inputs), baseline: undefined })],
  [
    "what was decided for other settings",
    (inputs) => {
      const given = checked(inputs);
      return { ...given, baseline: { ...(given["baseline"] as object), question: "0".repeat(64) } };
    },
  ],
])("a state with %s closes it", async (_what, answer) => {
  await start(answer);

  const { verdict } = await decide({ advisory: true });

  expect(verdict).toMatchObject({ passed: false, reason: "findings", scanId: service.finished.scanId });
  expect(verdict.message).toContain("was not decided, since this run leaves the gate's verdict out");
  expect(verdict.message).toContain("--target");
});

test("a baseline in a file is decided by the program, and its child gets the verdict", async () => {
  await start(checked, true);

  const { verdict, handed } = await decide({ baseline: { file: "missing.json" } });

  expect(handed["question"]).toBeUndefined();
  expect(handed["keepsBaseline"]).toBeUndefined();
  expect(verdict).toMatchObject({ passed: false, reason: "invalidSettings" });
  expect(verdict.message).toContain("baseline: the file missing.json cannot be used");
});

test("where the findings do not matter the child gets the verdict, and is told to keep what it knows", async () => {
  await start(checked);

  const { verdict, handed } = await decide({ requiredScanners: ["nobody"], advisory: true });

  expect(handed).toMatchObject({ keepsBaseline: true, verdict: { reason: "scannerMissing" } });
  expect(verdict.reason).toBe("scannerMissing");
});

test("without a baseline the child gets what it got in earlier releases, and no more", async () => {
  await start(checked);

  const { handed } = await decide({ baseline: undefined, failOn: "high" });

  expect(Object.keys(handed).sort()).toEqual(["__provider", "advisory", "verdict"]);
});
