import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { writeAtomically } from "../../../report-files/report-file";
import { writing } from "./report-writing";

let around: string;
let folder: string;
let path: string;

beforeEach(() => {
  around = realpathSync(mkdtempSync(join(tmpdir(), "crashtest-test-")));
  folder = join(around, "reports");
  path = join(folder, "report.xml");
  mkdirSync(folder);
});

afterEach(() => {
  rmSync(around, { recursive: true });
});

/** Writes one half, then does something, then writes the other. */
const writingAround = (meanwhile: () => unknown) => async (file: Writable) => {
  await new Promise((written) => file.write("ne", written));
  await meanwhile();
  return writing("w")(file);
};

test.each([0o000, 0o022, 0o077, 0o277, 0o777])("under a umask of %s the mode is 600", async (umask) => {
  const before = process.umask(umask);
  const modes: number[] = [];
  try {
    await writeAtomically(
      path,
      writingAround(() => modes.push(...readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777))),
    );
  } finally {
    process.umask(before);
  }

  expect([...modes, statSync(path).mode & 0o777]).toEqual([0o600, 0o600]);
});

test("an old file that nobody may write is replaced by one of mode 600", async () => {
  writeFileSync(path, "old");
  chmodSync(path, 0o444);

  await writeAtomically(path, writing("new"));

  expect(readFileSync(path, "utf8")).toBe("new");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each(["a file", "a folder", "nothing"])("a link at the path to %s is replaced, and not followed", async (what) => {
  const victim = join(around, "victim");
  if (what === "a file") writeFileSync(victim, "untouched", { mode: 0o644 });
  if (what === "a folder") mkdirSync(victim);
  symlinkSync(victim, path);

  await writeAtomically(path, writing("new"), folder);

  expect(lstatSync(path).isFile()).toBe(true);
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(around).sort()).toEqual(what === "nothing" ? ["reports"] : ["reports", "victim"]);
  if (what === "a file")
    expect([readFileSync(victim, "utf8"), statSync(victim).mode & 0o777]).toEqual(["untouched", 0o644]);
  if (what === "a folder") expect(readdirSync(victim)).toEqual([]);
});

test("another name of the old file keeps its content", async () => {
  const otherName = join(around, "kept");
  writeFileSync(path, "old");
  linkSync(path, otherName);

  await writeAtomically(path, writing("new"));

  expect(readFileSync(otherName, "utf8")).toBe("old");
});

test("a link on the way that leads out of the folder is refused before anything is written", async () => {
  mkdirSync(join(around, "outside"));
  symlinkSync(join(around, "outside"), join(folder, "way"));
  const write = jest.fn(writing("x"));

  await expect(writeAtomically(join(folder, "way", "report.xml"), write, folder)).rejects.toThrow("leads out of");

  expect(write).not.toHaveBeenCalled();
  expect(readdirSync(join(around, "outside"))).toEqual([]);
});

test("of two who write to one path at once, one file stays, whole, and nothing beside it", async () => {
  const texts = ["first".repeat(50_000), "second".repeat(50_000)] as const;
  let firstHasBegun!: () => void;
  const begun = new Promise<void>((resolve) => (firstHasBegun = resolve));
  let secondIsDone!: () => void;
  const done = new Promise<void>((resolve) => (secondIsDone = resolve));
  const first = writeAtomically(path, async (file) => {
    await new Promise((written) => file.write(texts[0].slice(0, 1_000), written));
    firstHasBegun();
    await done;
    return writing(texts[0].slice(1_000))(file);
  });

  await begun;
  await writeAtomically(path, writing(texts[1]));
  expect(readFileSync(path, "utf8")).toBe(texts[1]);
  secondIsDone();
  await first;

  expect(readFileSync(path, "utf8")).toBe(texts[0]);
  expect(readdirSync(folder)).toEqual(["report.xml"]);
});

test("many who write to one path at once leave one whole file", async () => {
  const texts = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, "0").repeat(20_000));

  await Promise.all(texts.map((text) => writeAtomically(path, writing(text))));

  expect(texts).toContain(readFileSync(path, "utf8"));
  expect(readdirSync(folder)).toEqual(["report.xml"]);
});

test("a folder that vanishes meanwhile is said, and does not come back", async () => {
  const written = writeAtomically(
    path,
    writingAround(() => {
      rmSync(folder, { recursive: true });
    }),
  );

  await expect(written).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringContaining(`Could not write ${path}: its folder does not exist`) as string,
  });
  expect(readdirSync(around)).toEqual([]);
});

test("a folder that is exchanged for a link meanwhile leads no file outside", async () => {
  mkdirSync(join(around, "outside"));
  writeFileSync(join(around, "outside", "report.xml"), "untouched");
  const inner = join(folder, "inner");
  mkdirSync(inner);
  const written = writeAtomically(
    join(inner, "report.xml"),
    writingAround(() => {
      renameSync(inner, join(folder, "moved"));
      symlinkSync(join(around, "outside"), inner);
    }),
    folder,
  );

  await expect(written).rejects.toMatchObject({
    code: "ARGUMENT_INVALID",
    message: expect.stringContaining("its folder does not exist") as string,
  });
  expect(readdirSync(join(around, "outside"))).toEqual(["report.xml"]);
  expect(readFileSync(join(around, "outside", "report.xml"), "utf8")).toBe("untouched");
});

test("a link to a folder that is turned to another one meanwhile is not followed again", async () => {
  mkdirSync(join(around, "other"));
  symlinkSync(folder, join(around, "current"));

  await writeAtomically(
    join(around, "current", "report.xml"),
    writingAround(() => {
      rmSync(join(around, "current"));
      symlinkSync(join(around, "other"), join(around, "current"));
    }),
  );

  expect([readdirSync(folder), readdirSync(join(around, "other"))]).toEqual([["report.xml"], []]);
});
