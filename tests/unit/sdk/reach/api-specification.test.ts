import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ApiSpecificationArgs } from "pulumi-crashtest";
import { RecordedProgram, UNKNOWN_WIRE, forgetProgram } from "../recorded-program";

const TEXT = "openapi: 3.0.3\n";
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crashtest-specification-"));
  file = join(folder, "api.yaml");
  writeFileSync(file, `\uFEFF${TEXT}`);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  forgetProgram();
});

async function registered(given: pulumi.Input<ApiSpecificationArgs> | undefined, isPreview = false) {
  const program = await RecordedProgram.start({ isPreview });
  const args = { projectId: 7, triggers: [], ...(given !== undefined && { apiSpecification: given }) };
  const scan = new program.sdk.Scan("nightly", args);
  return (await program.registered("nightly", scan)).inputs;
}

test.each<[string, () => pulumi.Input<ApiSpecificationArgs>, () => object]>([
  ["an address", () => "https://shop.example/openapi.json", () => ({ url: "https://shop.example/openapi.json" })],
  ["an output of one", () => pulumi.output("http://shop.example/a"), () => ({ url: "http://shop.example/a" })],
  [
    "a remote asset",
    () => new pulumi.asset.RemoteAsset("https://shop.example/a"),
    () => ({ url: "https://shop.example/a" }),
  ],
  ["a file", () => ({ file }), () => ({ name: file, text: TEXT })],
  ["the asset of a file", () => new pulumi.asset.FileAsset(file), () => ({ name: file, text: TEXT })],
  ["an output of one", () => pulumi.output(new pulumi.asset.FileAsset(file)), () => ({ name: file, text: TEXT })],
  ["an inline text", () => ({ inline: TEXT }), () => ({ text: TEXT })],
  ["the asset of a text", () => new pulumi.asset.StringAsset(TEXT), () => ({ text: TEXT })],
])("%s is sent to the provider", async (_what, given, sent) => {
  const { apiSpecification, isDeployment } = await registered(given());

  expect(apiSpecification).toEqual(sent());
  expect(isDeployment).toBe(true);
});

test("in a preview the provider sees that it is one, in a way that a saved plan does not hold on to", async () => {
  expect((await registered({ inline: TEXT }, true))["isDeployment"]).toBe(UNKNOWN_WIRE);
});

test("without one nothing is sent", async () => {
  const inputs = await registered(undefined);

  expect(inputs).not.toHaveProperty("apiSpecification");
  expect(inputs).not.toHaveProperty("isDeployment");
});

test.each<[string, () => pulumi.Input<ApiSpecificationArgs>, string]>([
  ["a path", () => "api.yaml", "it must be an address such as https://shop.example.com; for a path, use { file }"],
  [
    "an address with credentials",
    () => "https://ann:s3cr3t@shop.example",
    "it must not contain a user name or password; for a path, use { file }",
  ],
  ["no file", () => ({ file: folder }), "it is not a file"],
  ["a missing file", () => ({ file: join(folder, "none") }), "ENOENT"],
  [
    "too much text",
    () => ({ inline: "x".repeat(256 * 1024 + 1) }),
    "it has more than 262144 bytes, the limit for inline text: use { file }",
  ],
  ["something else", () => 7, "it must be an address, { file }, { inline }, or an asset with a text or of a file"],
])("%s is for check to refuse", async (_what, given, problem) => {
  const { apiSpecification } = await registered(given());

  expect(apiSpecification).toMatchObject({ problem: expect.stringContaining(problem) as string });
  expect(JSON.stringify(apiSpecification)).not.toContain("s3cr3t");
});

test("a file of more than 4 MiB is not read", async () => {
  writeFileSync(file, "x".repeat(4 * 1024 * 1024 + 1));

  expect((await registered({ file }))["apiSpecification"]).toEqual({
    name: file,
    problem: "it has more than 4194304 bytes",
  });
});
