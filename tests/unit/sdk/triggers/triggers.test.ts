import * as pulumi from "@pulumi/pulumi";
import { createHash, createSecretKey } from "node:crypto";
import { digestTriggers, type Triggers } from "../../../../sdk/triggers/triggers";
import { clearEnvironment, restoreEnvironment } from "../environment";
import { errorLike } from "../error-like";
import { failureOf, forgetProgram, RecordedProgram, secretWire, UNKNOWN_WIRE } from "../recorded-program";

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

/** As users write them: nothing of it can be seen from outside. */
class Version {
  readonly #number: string;

  constructor(number: string) {
    this.#number = number;
  }

  get major(): string | undefined {
    return this.#number.split(".")[0];
  }
}

class NamedVersion extends Version {
  toJSON(): unknown {
    return { major: this.major };
  }
}

test("what says itself how it is written in JSON has the digest of that, at any depth, plain or as an output", async () => {
  const url = new URL("https://site.example/v1");
  const bytes = Buffer.from("v1");

  const digests = await sent({
    url,
    nested: [{ url }],
    output: pulumi.output(1).apply(() => url),
    bytes,
    version: new NamedVersion("1.2"),
  });

  expect(digests).toEqual({
    url: sha256('"https://site.example/v1"'),
    nested: sha256('[{"url":"https://site.example/v1"}]'),
    output: sha256('"https://site.example/v1"'),
    bytes: sha256('{"data":[118,49],"type":"Buffer"}'),
    version: sha256('{"major":"1"}'),
  });
});

test("what cannot be a trigger is found behind an output, and the error says where", async () => {
  const { triggers } = digestTriggers({ site: { at: pulumi.output(1).apply(() => [new URLSearchParams("v=1")]) } });

  expect(await failureOf(pulumi.output(triggers["site"]))).toEqual(
    errorLike({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining("Trigger site.at[0] is a URLSearchParams") as string,
    }),
  );
});

describe("is refused before anything is registered", () => {
  const circular: Record<string, unknown> = {};
  circular["itself"] = [circular];
  const ownForm: Record<string, unknown> = {};
  ownForm["toJSON"] = () => ({ itself: ownForm });
  test.each<[string, unknown, string]>([
    ["a function", () => "v1", " is a function, which has no content"],
    ["a function inside an object", { digest: () => "v1" }, ".digest is a function, which has no content"],
    ["a Map", new Map([["image", "v1"]]), " is a Map, which JSON cannot express"],
    ["a Set", { tags: new Set(["v1"]) }, ".tags is a Set, which JSON cannot express"],
    ["a bigint", 1n, " is a bigint, which JSON cannot express"],
    ["a symbol", [Symbol("v1")], "[0] is a symbol, which JSON cannot express"],
    ["a value that contains itself", circular, ".itself[0] contains itself"],
    ["a value whose own form holds it", ownForm, ".itself contains itself"],
    ["parameters of an address", new URLSearchParams("v=1"), " is a URLSearchParams, which JSON cannot express"],
    ["bytes", [{ bytes: new ArrayBuffer(1) }], "[0].bytes is an ArrayBuffer, which JSON cannot express"],
    ["a view of bytes", new Uint8Array([1]), " is a Uint8Array, which JSON cannot express"],
    ["a Blob", new Blob(["v1"]), " is a Blob, which JSON cannot express"],
    ["headers", new Headers({ etag: "v1" }), " is a Headers, which JSON cannot express"],
    ["a key", createSecretKey(Buffer.from("v1")), " is a SecretKeyObject, which JSON cannot express"],
    ["an error", new Error("v1"), " is an Error, which JSON cannot express"],
    ["a boxed text", Object("v1"), " is a String, which JSON cannot express"],
    ["a boxed number", Object(1), " is a Number, which JSON cannot express"],
    ["an object of a class with inner state", new Version("v1"), " is a Version, which JSON cannot express"],
    ["a regular expression", /v1/, " is a RegExp, which JSON cannot express"],
    ["no number", Number.NaN, " is NaN, which JSON cannot express"],
    ["an infinite number", { size: Infinity }, ".size is Infinity, which JSON cannot express"],
    ["an invalid date", new Date("yesterday"), " is an invalid date, which JSON cannot express"],
  ])("%s", (_what, image, problem) => {
    expect(() => new program.sdk.Scan("nightly", { projectId: 7, triggers: { image } })).toThrow(
      errorLike({
        code: "ARGUMENT_INVALID",
        message: expect.stringContaining(`Trigger image${problem}`) as string,
      }),
    );
    expect(program.registrations).toEqual([]);
  });
});

test("the same object twice in a trigger is no circle", async () => {
  const twice = { tag: "v1" };

  expect(await sent([[twice, twice]])).toEqual({ 0: sha256('[{"tag":"v1"},{"tag":"v1"}]') });
});
