import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import type { Triggers } from "../../../sdk/triggers";
import { clearEnvironment, restoreEnvironment } from "./environment";
import { errorLike } from "./error-like";
import { forgetProgram, RecordedProgram, secretWire, UNKNOWN_WIRE } from "./recorded-program";

/** The digest of a value whose canonical text is this. */
const sha256 = (canonicalText: string): string => createHash("sha256").update(canonicalText).digest("hex");

let program: RecordedProgram;

beforeEach(async () => {
  clearEnvironment();
  program = await RecordedProgram.start();
});

afterEach(() => {
  forgetProgram();
  restoreEnvironment();
});

async function sent(triggers: Triggers): Promise<unknown> {
  const scan = new program.sdk.Scan("nightly", { projectId: 7, triggers });
  return (await program.registered("nightly", scan)).inputs["triggers"];
}

test("a list of triggers is sent as digests by index", async () => {
  expect(await sent(["v1", 42, { b: 1, a: [true] }])).toEqual({
    0: sha256('"v1"'),
    1: sha256("42"),
    2: sha256('{"a":[true],"b":1}'),
  });
});

test("named triggers are sent as digests by name", async () => {
  expect(await sent({ image: "v1", "äöü-版本": null })).toEqual({ image: sha256('"v1"'), "äöü-版本": sha256("null") });
});

test("an output and a promise have the digest of the value behind them", async () => {
  const triggers = [pulumi.output("v1"), Promise.resolve("v1"), { nested: pulumi.output("v1") }];

  expect(await sent(triggers)).toEqual({ 0: sha256('"v1"'), 1: sha256('"v1"'), 2: sha256('{"nested":"v1"}') });
});

test("the digest of a secret is a secret, also where the secret is nested, and its neighbours are none", async () => {
  const triggers = { plain: "v1", secret: pulumi.secret("v2"), nested: { deep: [pulumi.secret("v3")] } };

  const digests = await sent(triggers);

  expect(digests).toEqual({
    plain: sha256('"v1"'),
    secret: secretWire(sha256('"v2"')),
    nested: secretWire(sha256('{"deep":["v3"]}')),
  });
  expect(JSON.stringify(digests)).not.toMatch(/"v[123]"/);
});

test("a trigger that a preview does not know yet is unknown alone", async () => {
  forgetProgram();
  program = await RecordedProgram.start({ isPreview: true });

  expect(await sent({ known: "v1", later: pulumi.output(pulumi.unknown) })).toEqual({
    known: sha256('"v1"'),
    later: UNKNOWN_WIRE,
  });
});

test("an undefined trigger has a digest, so that it and a value are told apart", async () => {
  expect(await sent({ tag: undefined })).toEqual({ tag: sha256("undefined") });
});

test("a time has the digest of its ISO text, at any depth, plain or as an output", async () => {
  const time = new Date("2026-01-02T03:04:05.678Z");
  const text = '"2026-01-02T03:04:05.678Z"';

  const digests = await sent({ plain: time, nested: [{ time }], output: pulumi.output(1).apply(() => time) });

  expect(digests).toEqual({ plain: sha256(text), nested: sha256(`[{"time":${text}}]`), output: sha256(text) });
});

describe("is refused before anything is registered", () => {
  const circular: Record<string, unknown> = {};
  circular["itself"] = [circular];
  test.each<[string, unknown, string]>([
    ["a function", () => "v1", "is or has a function"],
    ["a function inside an object", { digest: () => "v1" }, "is or has a function"],
    ["a Map, which JSON cannot say", new Map([["image", "v1"]]), "is something that JSON cannot say"],
    ["a Set, which JSON cannot say", { tags: new Set(["v1"]) }, "is something that JSON cannot say"],
    ["a bigint, which JSON cannot say", 1n, "is something that JSON cannot say"],
    ["a value that holds itself", circular, "holds itself"],
  ])("%s", (_what, image, problem) => {
    expect(() => new program.sdk.Scan("nightly", { projectId: 7, triggers: { image } })).toThrow(
      errorLike({
        code: "ARGUMENT_INVALID",
        message: expect.stringContaining(`Trigger image ${problem}`) as string,
      }),
    );
    expect(program.registrations).toEqual([]);
  });
});

test("the same object twice in a trigger is no circle", async () => {
  const twice = { tag: "v1" };

  expect(await sent([[twice, twice]])).toEqual({ 0: sha256('[{"tag":"v1"},{"tag":"v1"}]') });
});
