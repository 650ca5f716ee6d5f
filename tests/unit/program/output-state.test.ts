import * as pulumi from "@pulumi/pulumi";
import { detached, isKnown, valueOf } from "../../../program/outputs";
import { failureOf, forgetProgram, RecordedProgram } from "../sdk/recorded-program";

beforeEach(async () => {
  await RecordedProgram.start({ isPreview: true });
});
afterEach(forgetProgram);

test.each([0, "", false, null, "text", [1]])("%j is known, and its value is there", async (value) => {
  expect(await isKnown(pulumi.output(value))).toBe(true);
  expect(await valueOf(pulumi.output(value))).toEqual(value);
});

test("a secret is known, and its value is there", async () => {
  expect(await isKnown(pulumi.secret("x"))).toBe(true);
  expect(await valueOf(pulumi.secret("x"))).toBe("x");
});

test.each([
  ["itself", () => pulumi.output(pulumi.unknown)],
  ["inside another value", () => pulumi.output({ a: [pulumi.unknown] })],
  ["by what it comes from", () => pulumi.output(pulumi.unknown).apply(() => "x")],
])("what is unknown %s is not known", async (_how, output) => {
  expect(await isKnown(output())).toBe(false);
});

test("what is unknown has the value undefined", async () => {
  expect(await valueOf(pulumi.output(pulumi.unknown).apply(() => "x"))).toBeUndefined();
});

test("the failure of what it comes from is the value's", async () => {
  const failed = pulumi.output(Promise.reject(new Error("it broke")));

  const value = valueOf(failed);

  await expect(value).rejects.toThrow("it broke");
  expect(await failureOf(failed)).toMatchObject({ message: "it broke" });
});

describe("a detached output", () => {
  class Service extends pulumi.CustomResource {
    declare readonly image: pulumi.Output<string>;
    constructor() {
      super("any:index:Service", "web", { image: "v1" });
    }
  }
  const resourcesOf = async (output: pulumi.Output<unknown>): Promise<number> =>
    (await (output as unknown as { allResources: () => Promise<Set<unknown>> }).allResources()).size;

  test("has the value, and comes from no resource", async () => {
    const { image } = new Service();

    expect(await resourcesOf(image)).toBe(1);
    expect(await resourcesOf(detached(image))).toBe(0);
    expect(await valueOf(detached(image))).toBe("v1");
  });

  test.each([
    ["as a whole", pulumi.unknown],
    ["in a part", { a: [pulumi.unknown] }],
  ])("is unknown where the output is, %s", async (_how, value) => {
    expect(await isKnown(detached(pulumi.output(value as unknown)))).toBe(false);
  });

  test("fails as the output does", async () => {
    const failed = pulumi.output(Promise.reject(new Error("it broke")));
    const alone = detached(failed);

    expect(await failureOf(alone)).toMatchObject({ message: "it broke" });
    expect(await failureOf(failed)).toMatchObject({ message: "it broke" });
  });
});
