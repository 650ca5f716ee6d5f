import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { digestTriggers, type Triggers } from "../../../../sdk/triggers/triggers";
import { clearEnvironment, restoreEnvironment } from "../environment";
import { errorLike } from "../error-like";
import { failureOf, forgetProgram, RecordedProgram, secretWire, UNKNOWN_WIRE } from "../recorded-program";

const sha256 = (canonicalText: string): string => createHash("sha256").update(canonicalText).digest("hex");

/** A resource of any provider, whose outputs are what the mocks give back: its inputs. */
class Service extends pulumi.CustomResource {
  constructor(name: string, outputs: pulumi.Inputs) {
    super("any:index:Service", name, outputs);
  }
}

class Component extends pulumi.ComponentResource {
  constructor(
    name: string,
    readonly url?: pulumi.Output<string>,
  ) {
    super("any:index:Component", name);
  }
}

let program: RecordedProgram;

const start = async (isPreview = false): Promise<void> => {
  forgetProgram();
  program = await RecordedProgram.start({ isPreview });
};

beforeEach(async () => {
  clearEnvironment();
  await start();
});

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
});

async function sent(triggers: Triggers): Promise<Record<string, unknown>> {
  const scan = new program.sdk.Scan("nightly", { projectId: 7, triggers });
  const { inputs } = await program.registered("nightly", scan);
  return { triggers: inputs["triggers"], resourceDigests: inputs["resourceDigests"] };
}

test("a resource is sent as a placeholder and a digest for each output, its id among them and its urn not", async () => {
  expect(await sent([new Service("web", { image: "v1", ports: [80] }), "v2"])).toEqual({
    triggers: { 0: "", 1: sha256('"v2"') },
    resourceDigests: { 0: { id: sha256('"7"'), image: sha256('"v1"'), ports: sha256("[80]") } },
  });
});

test("an output that is absent or null is left out", async () => {
  const service = new Service("web", { image: "v1", note: undefined, remark: null });

  expect((await sent({ service }))["resourceDigests"]).toEqual({
    service: { id: sha256('"7"'), image: sha256('"v1"') },
  });
});

test("without a resource nothing more is sent than the triggers", async () => {
  expect((await sent(["v1"]))["resourceDigests"]).toBeUndefined();
});

test("where an output is a secret, its digest and the placeholder are, and no other digest is", async () => {
  const service = new Service("web", { image: "v1", password: pulumi.secret("p4ss"), list: [pulumi.secret("w0rd")] });
  const plain = new Service("plain", { image: "v1" });

  const inputs = await sent({ service, plain });

  expect(inputs["triggers"]).toEqual({ service: secretWire(""), plain: "" });
  expect(inputs["resourceDigests"]).toMatchObject({
    service: {
      image: sha256('"v1"'),
      password: secretWire(sha256('"p4ss"')),
      list: secretWire(sha256('["w0rd"]')),
    },
  });
});

test("in a preview the placeholder is known, and an output that is not known yet is unknown alone", async () => {
  await start(true);
  const service = new Service("web", { image: "v1", address: pulumi.output(pulumi.unknown), note: undefined });

  expect(await sent({ service })).toMatchObject({
    triggers: { service: "" },
    resourceDigests: { service: { image: sha256('"v1"'), address: UNKNOWN_WIRE, note: UNKNOWN_WIRE } },
  });
});

test("the content of an asset among the outputs counts", async () => {
  const service = (name: string, text: string) => new Service(name, { code: new pulumi.asset.StringAsset(text) });

  const { resourceDigests } = await sent({ a: service("a", "v1"), b: service("b", "v1"), c: service("c", "v2") });

  const digests = resourceDigests as Record<string, { code: string }>;
  expect(digests["a"]?.code).toMatch(/^[0-9a-f]{64}$/);
  expect(digests["b"]?.code).toBe(digests["a"]?.code);
  expect(digests["c"]?.code).not.toBe(digests["a"]?.code);
});

test("a component has the outputs that it holds itself", async () => {
  expect(await sent({ shop: new Component("shop", pulumi.output("https://shop.example.com")) })).toEqual({
    triggers: { shop: "" },
    resourceDigests: { shop: { url: sha256('"https://shop.example.com"') } },
  });
});

test("the package's own resources are triggers as well", async () => {
  const shop = new program.sdk.Project("shop", { teamId: 42, url: "https://shop.example.com" });

  expect(await sent({ shop })).toMatchObject({
    resourceDigests: { shop: { projectId: sha256('"7"'), url: sha256('"https://shop.example.com"') } },
  });
});

describe("is refused before anything is registered", () => {
  const REMEDY = "Give the resource itself as a trigger of its own, or here one of its outputs.";
  test.each<[string, () => unknown, string]>([
    ["a resource in a list", () => [new Component("shop")], `[0] is a resource inside another value. ${REMEDY}`],
    [
      "a resource in an object",
      () => ({ a: new Component("shop") }),
      `.a is a resource inside another value. ${REMEDY}`,
    ],
    [
      "a component without outputs",
      () => new Component("shop"),
      " is a component without outputs. Give one of its outputs, or its children.",
    ],
  ])("%s", (_what, make, problem) => {
    const trigger = make();

    expect(() => new program.sdk.Scan("nightly", { projectId: 7, triggers: { image: trigger } })).toThrow(
      errorLike({ code: "ARGUMENT_INVALID", message: `Trigger image${problem}` }),
    );
    expect(program.registrations.map(({ name }) => name)).not.toContain("nightly");
  });
});

test("a resource inside an output is refused once the output is there", async () => {
  const { triggers } = digestTriggers([pulumi.output([new Component("shop")])]);

  expect(await failureOf(pulumi.output(triggers[0]))).toEqual(
    errorLike({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("Trigger 0[0] is a resource inside another value") as string,
    }),
  );
});
