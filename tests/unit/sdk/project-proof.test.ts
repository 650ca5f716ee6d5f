import * as pulumi from "@pulumi/pulumi";
import type { Project } from "pulumi-crashtest";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { forgetProgram, isKnown, isSecret, RecordedProgram, settled } from "./recorded-program";

const ARGS = { teamId: 42, url: "https://shop.example.com" };
const UUID = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const PROOF = {
  verificationFileName: "crashtest-0a1b2c3d.html",
  verificationFileContent: `${UUID}\n`,
  verificationTxtRecord: UUID,
};

beforeEach(clearEnvironment);

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
});

/** A program whose projects have these outputs beside their inputs, as the engine gives them. */
const programWith = (isPreview: boolean, outputs: object): Promise<RecordedProgram> => {
  const newResource = ({ inputs }: { inputs: object }) => ({ id: "7", state: { ...inputs, ...outputs } });
  return RecordedProgram.start({ isPreview, mocks: { call: () => ({}), newResource } });
};

const proofOf = (shop: Project): pulumi.Output<string | undefined>[] => [
  shop.verificationFileName,
  shop.verificationFileContent,
  shop.verificationTxtRecord,
];

const areKnown = (shop: Project): Promise<boolean[]> => Promise.all(proofOf(shop).map(isKnown));

describe.each([
  ["deployment", false],
  ["preview", true],
])("in a %s", (_which, isPreview) => {
  test("the proof of ownership of a project in state is known", async () => {
    const program = await programWith(isPreview, { projectId: "7", ...PROOF });

    const shop = new program.sdk.Project("shop", ARGS);

    expect(await settled(pulumi.all(proofOf(shop)))).toEqual(Object.values(PROOF));
    expect(await areKnown(shop)).toEqual([true, true, true]);
  });

  test.each<[string, object, string | undefined]>([
    ["a whole proof", PROOF, UUID],
    ["a file alone", { verificationFileContent: `${UUID}\n` }, UUID],
    ["a record alone", { verificationTxtRecord: UUID.toUpperCase() }, UUID.toUpperCase()],
    ["a proof in the form of an earlier release", { verificationTxtRecord: "crashtest-verification=0a1b" }, undefined],
    ["no proof", {}, undefined],
  ])("the UUID of %s is known", async (_what, proof, uuid) => {
    const program = await programWith(isPreview, { projectId: "7", ...proof });

    const shop = new program.sdk.Project("shop", ARGS);

    expect(await settled(shop.verificationUuid)).toBe(uuid);
    expect(await isKnown(shop.verificationUuid)).toBe(true);
  });

  test("what the state of a project does not have is known to be undefined", async () => {
    const program = await programWith(isPreview, { projectId: "7", verificationTxtRecord: "crashtest=1" });

    const shop = new program.sdk.Project("shop", ARGS);

    expect(await settled(pulumi.all(proofOf(shop)))).toEqual([undefined, undefined, "crashtest=1"]);
    expect(await areKnown(shop)).toEqual([true, true, true]);
  });

  test("of a project that was looked up it is known to be undefined", async () => {
    const program = await programWith(isPreview, { projectId: "7" });

    const shop = program.sdk.Project.get("shop", "7");

    expect(await settled(pulumi.all(proofOf(shop)))).toEqual([undefined, undefined, undefined]);
    expect(await areKnown(shop)).toEqual([true, true, true]);
  });

  test("it is no secret, unless the program says so", async () => {
    const program = await programWith(isPreview, {
      projectId: "7",
      ...PROOF,
      verificationTxtRecord: pulumi.secret("x"),
    });

    const shop = new program.sdk.Project("shop", ARGS);

    expect(await Promise.all(proofOf(shop).map(isSecret))).toEqual([false, false, true]);
  });

  test("who uses it depends on the project", async () => {
    const program = await programWith(isPreview, { projectId: "7", ...PROOF });

    const shop = new program.sdk.Project("shop", ARGS);

    const { promise } = shop.verificationFileName as unknown as { promise: () => Promise<unknown> };
    await promise();
    const { allResources } = shop.verificationFileName as unknown as { allResources: () => Promise<Set<unknown>> };
    expect([...(await allResources())]).toContain(shop);
  });
});

test("a preview does not know the proof of a project that is yet to be created", async () => {
  const program = await programWith(true, {});

  const shop = new program.sdk.Project("shop", ARGS);

  expect(await areKnown(shop)).toEqual([false, false, false]);
  expect(await isKnown(shop.verificationUuid)).toBe(false);
});

test("the engine is told no inputs of the proof's names", async () => {
  const program = await programWith(false, { projectId: "7", ...PROOF });

  const shop = new program.sdk.Project("shop", ARGS);

  const { inputs } = await program.registered("shop", shop);
  expect(Object.keys(inputs).filter((name) => name.startsWith("verification"))).toEqual([]);
});

test("the UUID is no part of a project as a trigger: it would be another one than before there was such an output", async () => {
  const program = await programWith(false, { projectId: "7", ...PROOF });
  const shop = new program.sdk.Project("shop", ARGS);
  expect(await settled(shop.verificationUuid)).toBe(UUID);

  const scan = new program.sdk.Scan("nightly", { projectId: shop.projectId, triggers: [shop] });

  const { inputs } = await program.registered("nightly", scan);
  const [digests] = Object.values(inputs["resourceDigests"] as Record<string, object>);
  expect(digests).toHaveProperty("verificationTxtRecord");
  expect(digests).not.toHaveProperty("verificationUuid");
});

test.each([false, true])(
  "a project without a proof is the same trigger as before there were such outputs (preview: %p)",
  async (isPreview) => {
    const program = await programWith(isPreview, { projectId: "7", scanId: "12" });
    const shop = new program.sdk.Project("shop", ARGS);

    const scan = new program.sdk.Scan("nightly", { projectId: shop.projectId, triggers: [shop] });

    const { inputs } = await program.registered("nightly", scan);
    const [digests] = Object.values(inputs["resourceDigests"] as Record<string, object>);
    expect(digests).toHaveProperty("projectId");
    expect(Object.keys(digests ?? {}).filter((name) => name.startsWith("verification"))).toEqual([]);
  },
);
