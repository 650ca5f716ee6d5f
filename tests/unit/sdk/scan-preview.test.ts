import * as pulumi from "@pulumi/pulumi";
import { announceScan } from "../../../sdk/scan-in-run";
import { DEPLOYED } from "../../../provider/lifecycle/triggers";
import { digestTriggers, TokenTrigger, type Triggers } from "../../../sdk/triggers/triggers";
import { forgetProgram, RecordedProgram } from "./recorded-program";

const UNKNOWN = pulumi.output(pulumi.unknown as string);

class Service extends pulumi.CustomResource {
  constructor(name: string, address: pulumi.Input<string>) {
    super("any:index:Service", name, { address });
  }
}

let said: string[] = [];

beforeEach(async () => {
  await RecordedProgram.start({ isPreview: true });
  said = [];
  jest.spyOn(pulumi.log, "info").mockImplementation((text) => {
    said.push(text);
    return Promise.resolve();
  });
});

afterEach(async () => {
  await pulumi.runtime.disconnect();
  forgetProgram();
});

/** What is said of a scan that does not exist yet. */
async function saidOf(triggers?: () => Triggers, scanId: pulumi.Output<string> = UNKNOWN): Promise<string[]> {
  const scan = Object.assign(new Service("scan", "a"), { scanId });
  announceScan(scan, triggers && digestTriggers(triggers()));
  await new Promise(setImmediate);
  await pulumi.runtime.disconnect();
  return said;
}

const MAY_SCAN = "is known only after the deployment";

test.each<[string, (() => Triggers) | undefined, string]>([
  ["without triggers", undefined, "a scan will start"],
  ["with known triggers", () => ["v1", { a: [1] }], "a scan will start"],
  ["with none", () => [], "a scan will start"],
  ["with an unknown one by index", () => ["v1", UNKNOWN], `may scan: trigger 1 ${MAY_SCAN}`],
  ["with unknown ones by name", () => ({ a: UNKNOWN, b: 1, c: [UNKNOWN] }), `may scan: trigger a, c ${MAY_SCAN}`],
  ["with a resource that is known", () => ({ web: new Service("web", "b") }), "a scan will start"],
  [
    "with a resource of which one output is unknown",
    () => ({ web: new Service("web", UNKNOWN) }),
    `may scan: trigger web ${MAY_SCAN}`,
  ],
  [
    "after a mark, which is sure, whatever else is unknown",
    () => ({ [DEPLOYED]: new TokenTrigger(UNKNOWN), a: UNKNOWN }),
    "a scan will start",
  ],
])("a new scan, %s", async (_what, triggers, expected) => {
  expect(await saidOf(triggers)).toEqual([expected]);
});

test("nothing is said of a scan that is there and stays", async () => {
  expect(await saidOf(() => [UNKNOWN], pulumi.output("12"))).toEqual([]);
});
