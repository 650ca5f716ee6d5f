import { execFileSync } from "node:child_process";
import { createHash, Hash } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PathDigests, UnreadablePath } from "../../../../sdk/triggers/path-digest";
import { reachableBytes } from "../../../fixtures/reachable-bytes";

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "path-digest-"));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);

function write(files: Record<string, string | Buffer>): void {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), content);
  }
}

/** As a new run would. */
const digestOfPath = (name: string) => new PathDigests().of(at(name));

test("a file has the SHA-256 of its bytes", async () => {
  const bytes = Buffer.from([0, 255, 254, 10]);
  write({ "app.zip": bytes, empty: "" });

  await expect(digestOfPath("app.zip")).resolves.toEqual({ kind: "file", digest: sha256(bytes) });
  await expect(digestOfPath("empty")).resolves.toEqual({ kind: "file", digest: sha256("") });
});

test("a folder has the SHA-256 of its sorted names and their digests, with slashes and without empty folders", async () => {
  write({ "site/b.html": "b", "site/a/z.html": "z", "site/a.html": "a" });
  fs.mkdirSync(at("site/nothing"));
  const list = [
    ["a.html", sha256("a")],
    ["a/z.html", sha256("z")],
    ["b.html", sha256("b")],
  ];

  await expect(digestOfPath("site")).resolves.toEqual({ kind: "folder", digest: sha256(JSON.stringify(list)) });
});

test("times, modes, the order of creation and the place of a folder do not count", async () => {
  write({ "one/a": "1", "one/b": "2" });
  write({ "elsewhere/other/b": "2", "elsewhere/other/a": "1" });
  fs.utimesSync(at("elsewhere/other/a"), 1, 1);
  fs.chmodSync(at("elsewhere/other/b"), 0o755);

  expect(await digestOfPath("one")).toEqual(await digestOfPath("elsewhere/other"));
});

const rename = (from: string, to: string): void => {
  fs.mkdirSync(dirname(at(to)), { recursive: true });
  fs.renameSync(at(from), at(to));
};
const link = (target: string, name: string): void => {
  fs.mkdirSync(dirname(at(name)), { recursive: true });
  fs.symlinkSync(target, at(name));
};
test.each<[string, () => void]>([
  [
    "a file's content",
    () => {
      write({ "site/a": "changed" });
    },
  ],
  [
    "a file's name",
    () => {
      rename("site/a", "site/c");
    },
  ],
  [
    "a file's folder",
    () => {
      rename("site/a", "site/inner/a");
    },
  ],
  [
    "another file",
    () => {
      write({ "site/c": "" });
    },
  ],
  [
    "a file less",
    () => {
      fs.rmSync(at("site/b"));
    },
  ],
  [
    "contents that changed places",
    () => {
      write({ "site/a": "2", "site/b": "1" });
    },
  ],
])("%s changes the digest of a folder", async (_what, change) => {
  write({ "site/a": "1", "site/b": "2" });
  const before = await digestOfPath("site");

  change();

  expect(await digestOfPath("site")).not.toEqual(before);
});

test("symbolic links count as what they lead to, also outside of the folder, and twice to one folder", async () => {
  write({ "plain/a": "1", "plain/lib/b": "2", "plain/lib2/b": "2", "shared/b": "2", "linked/a": "1", one: "1" });
  fs.symlinkSync(at("shared"), at("linked/lib"));
  fs.symlinkSync("../shared", at("linked/lib2"));
  fs.rmSync(at("linked/a"));
  fs.symlinkSync("../one", at("linked/a"));

  expect(await digestOfPath("linked")).toEqual(await digestOfPath("plain"));
});

test.each<[string, () => void, RegExp]>([
  ["nothing", () => undefined, /^cannot be read: there is nothing at .*site$/],
  [
    "a link to nothing",
    () => {
      link("nowhere", "site");
    },
    /^cannot be read: there is nothing at .*site$/,
  ],
  [
    "a link to itself",
    () => {
      link("site", "site");
    },
    /site is a symbolic link that leads back to itself$/,
  ],
  [
    "a link to nothing inside a folder",
    () => {
      link("nowhere", "site/link");
    },
    /^cannot be read: there is nothing at .*site\/link$/,
  ],
  [
    "a link to a folder around it",
    () => {
      link("../..", "site/a/up");
    },
    /^has a symbolic link that leads back to a folder around it, .*site\/a\/up\/site$/,
  ],
  [
    "two links that lead to each other",
    () => {
      link("../b", "site/a/b");
      link("../a", "site/b/a");
    },
    /^has a symbolic link that leads back to a folder around it/,
  ],
  [
    "a pipe, which would be waited on for ever",
    () => {
      fs.mkdirSync(at("site"));
      execFileSync("mkfifo", [at("site/pipe")]);
    },
    /^has .*site\/pipe, which is neither a file nor a folder$/,
  ],
])("%s is refused with its path", async (_what, make, message) => {
  make();

  const digest = digestOfPath("site");

  await expect(digest).rejects.toThrow(UnreadablePath);
  await expect(digest).rejects.toThrow(message);
});

test("a path is read once, and one that cannot be read does not stop the next", async () => {
  write({ a: "1" });
  const digests = new PathDigests();
  const before = await digests.of(at("a"));
  write({ a: "changed" });

  await expect(digests.of(at("missing"))).rejects.toThrow(UnreadablePath);
  expect(await digests.of(join(folder, "inner", "..", "a"))).toBe(before);
  expect(await new PathDigests().of(at("a"))).not.toEqual(before);
});

type Take = (part: Buffer, ...rest: unknown[]) => unknown;

/** Looks at each part that a hash takes, until the returned function is called. A spy of jest's would keep the parts. */
function watchHashes(look: (part: Buffer) => void): () => void {
  const { update, _transform } = Hash.prototype as unknown as Record<"update" | "_transform", Take>;
  const watched = (take: Take): Take =>
    function (this: Hash, part, ...rest) {
      look(part);
      return take.call(this, part, ...rest);
    };
  Object.assign(Hash.prototype, { update: watched(update), _transform: watched(_transform) });
  return () => Object.assign(Hash.prototype, { update, _transform });
}

test("a large file is read in parts", async () => {
  const sizeBytes = 64 * 1024 * 1024;
  write({ large: "" });
  fs.truncateSync(at("large"), sizeBytes);
  const before = reachableBytes();
  let most = before;
  let hashedBytes = 0;
  let sampledAt = 0;
  const stopWatching = watchHashes((part) => {
    hashedBytes += part.length;
    if (hashedBytes - sampledAt < sizeBytes / 4) return;
    sampledAt = hashedBytes;
    most = Math.max(most, reachableBytes());
  });

  const { digest } = await digestOfPath("large").finally(stopWatching);

  expect(digest).toBe("3b6a07d0d404fab4e23b6d34bc6696a6a312dd92821332385e5af7c01c421351");
  expect(sampledAt).toBeGreaterThan(sizeBytes / 2);
  expect(most - before).toBeLessThan(sizeBytes / 2);
});
