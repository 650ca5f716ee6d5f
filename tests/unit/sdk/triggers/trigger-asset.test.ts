import * as pulumi from "@pulumi/pulumi";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestTriggers } from "../../../../sdk/triggers/triggers";
import { errorLike } from "../error-like";
import { failureOf, isKnown, isSecret, settled } from "../recorded-program";

const { AssetArchive, FileArchive, FileAsset, RemoteArchive, RemoteAsset, StringAsset } = pulumi.asset;

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "trigger-asset-"));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, content: string): string => {
  const path = join(folder, name);
  fs.mkdirSync(join(path, ".."), { recursive: true });
  fs.writeFileSync(path, content);
  return path;
};

function outputOf(trigger: unknown): pulumi.Output<string> {
  const digest = digestTriggers({ build: trigger }).triggers["build"];
  if (digest === undefined) throw new Error("there is no digest");
  return digest;
}

const digestOf = (trigger: unknown): Promise<string> => settled(outputOf(trigger));

/** What `printf` and `sha256sum` give; in users' states, so that a change here starts a scan at every user's next deployment. */
test("the digest of a text never changes", async () => {
  expect(await digestOf(new StringAsset("v1"))).toBe(
    "5f476333f09a53d03ba5cf5826116fc6efd15df1acab83fbe9cec7e02792340f",
  );
});

test("the digest of an archive never changes", async () => {
  const archive = new AssetArchive({ b: new StringAsset("2"), a: new AssetArchive({ c: new StringAsset("1") }) });

  expect(await digestOf(archive)).toBe("7f9f5f63f6baa500f6a82e61fe65f5b87edf8f7916cc95f299c3e98c04c48de8");
});

test("a text and a file of the same content are equal, and the file's name does not count", async () => {
  const file = await digestOf(new FileAsset(write("one.txt", "Zürich")));

  expect(await digestOf(new StringAsset("Zürich"))).toBe(file);
  expect(await digestOf(new FileAsset(Promise.resolve(write("inner/two.txt", "Zürich"))))).toBe(file);
  expect(await digestOf(new FileAsset(write("three.txt", "Zürich!")))).not.toBe(file);
});

test("an archive of a folder has the folder's content, and one of a file the file's", async () => {
  write("one/a/b", "1");
  write("other/a/b", "1");
  write("changed/a/b", "2");
  const archiveOf = (name: string) => digestOf(new FileArchive(join(folder, name)));

  expect(await archiveOf("one")).toBe(await archiveOf("other"));
  expect(await archiveOf("one")).not.toBe(await archiveOf("changed"));
  expect(await archiveOf("one/a/b")).toBe(await digestOf(new StringAsset("1")));
});

test("an archive of assets has their names and contents, in no order", async () => {
  const [one, two] = [new StringAsset("1"), new FileAsset(write("two", "2"))];
  const digest = await digestOf(new AssetArchive({ a: one, b: two }));

  expect(await digestOf(new AssetArchive({ b: two, a: one }))).toBe(digest);
  expect(await digestOf(new AssetArchive({ a: two, b: one }))).not.toBe(digest);
  expect(await digestOf(new AssetArchive({ a: one, c: two }))).not.toBe(digest);
  expect(await digestOf(new AssetArchive({ a: one, b: new AssetArchive({ b: two }) }))).not.toBe(digest);
});

test.each<[string, (asset: unknown) => unknown]>([
  ["a list", (asset) => [1, asset]],
  ["an object", (asset) => ({ deep: { asset } })],
  ["an output", (asset) => pulumi.output(1).apply(() => asset)],
  ["an output of a list", (asset) => pulumi.output([asset])],
  ["a promise", (asset) => Promise.resolve(asset)],
])("content counts inside %s", async (_what, around) => {
  const digest = await digestOf(around(new StringAsset("v1")));

  expect(await digestOf(around(new StringAsset("v1")))).toBe(digest);
  expect(await digestOf(around(new StringAsset("v2")))).not.toBe(digest);
});

test("no asset is equal to a text of its content, nor to the object that stands for it in the SDK's state", async () => {
  const digests = [new StringAsset("v1"), "v1", { text: "v1" }, {}].map(digestOf);

  expect(new Set(await Promise.all(digests)).size).toBe(digests.length);
});

test("the digest of a secret asset is a secret, and of a plain one it is none", async () => {
  expect(await isSecret(outputOf([pulumi.secret(new StringAsset("v1"))]))).toBe(true);
  expect(await isSecret(outputOf([new StringAsset("v1")]))).toBe(false);
  expect(await isKnown(outputOf([new StringAsset("v1")]))).toBe(true);
});

test("a file is read once, however many assets are of it", async () => {
  const path = write("one", "1");
  const before = await digestOf(new FileAsset(path));
  fs.writeFileSync(path, "changed");

  expect(await digestOf([new FileAsset(path)])).toBe(await digestOf([new StringAsset("1")]));
  expect(await digestOf(new FileArchive(path))).toBe(before);
});

const circular: Record<string, pulumi.asset.Asset | pulumi.asset.Archive> = {};
circular["itself"] = new AssetArchive(circular);

test.each<[string, () => unknown, string]>([
  ["a missing file", () => new FileAsset(join(folder, "nowhere")), " cannot be read: there is nothing at "],
  [
    "a missing folder",
    () => ({ deep: [new FileArchive(join(folder, "nowhere"))] }),
    ".deep[0] cannot be read: there is nothing at ",
  ],
  [
    "a missing file inside an archive",
    () => new AssetArchive({ a: new FileAsset(join(folder, "nowhere")) }),
    " cannot be read",
  ],
  ["a folder as a file", () => new FileAsset(folder), " is an asset of "],
  ["a remote asset", () => new RemoteAsset("https://shop.example.com/a"), " is or has a remote asset or archive"],
  [
    "a remote archive",
    () => [new RemoteArchive("https://shop.example.com/a")],
    "[0] is or has a remote asset or archive",
  ],
  [
    "a remote asset in an output",
    () => pulumi.output(new RemoteAsset("https://shop.example.com/a")),
    " is or has a remote",
  ],
  [
    "an asset whose text is an output",
    () => new StringAsset(pulumi.output("v1") as unknown as string),
    " is or has an asset or archive whose text, path or assets are an output",
  ],
  [
    "an archive with a text that is no asset",
    () => new AssetArchive({ a: "text" as unknown as pulumi.asset.Asset }),
    ' has an archive with "a", which is neither an asset nor an archive',
  ],
  ["an archive that contains itself", () => new AssetArchive(circular), " contains itself"],
])("%s is refused with the trigger's name", async (_what, make, problem) => {
  expect(await failureOf(outputOf(make()))).toEqual(
    errorLike({
      code: "ARGUMENT_INVALID",
      message: expect.stringContaining(`Trigger build${problem}`) as string,
    }),
  );
});
