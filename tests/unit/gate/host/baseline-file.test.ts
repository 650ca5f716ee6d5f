import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GateSettings } from "../../../../gate/rules/settings";
import { loadBaseline } from "../../../../gate/host/setting-files";

const MOST_BYTES = 8 * 1024 * 1024;
const FINGERPRINT = "0a".repeat(32);
const LIST = JSON.stringify([FINGERPRINT]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baseline-file-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(content: string): Promise<string> {
  const path = join(folder, "accepted-scan.json");
  await writeFile(path, content);
  return path;
}

test.each<[unknown]>([[undefined], ["lastPassed"], ["firstScan"], [{ path: "a" }], [{ file: 7 }]])(
  "%j names no file, and none is read",
  async (given) => {
    const loaded = await loadBaseline(given as GateSettings["baseline"]);

    expect(loaded).toEqual({ value: undefined, problems: [] });
  },
);

test("a file of 8 MiB is read", async () => {
  const file = await fileOf(LIST.padEnd(MOST_BYTES));

  expect(await loadBaseline({ file })).toEqual({ value: [FINGERPRINT], problems: [] });
});

test.each<[string, string]>([
  ["a byte", LIST.padEnd(MOST_BYTES + 1)],
  ["a byte, in fewer characters", JSON.stringify({ findings: { xss: [] }, more: "ä".repeat(MOST_BYTES / 2) })],
])("one of more by %s is a problem, and gives no baseline", async (_what, content) => {
  const file = await fileOf(content);

  expect(await loadBaseline({ file })).toEqual({
    value: undefined,
    problems: [`baseline: the file ${file} cannot be used: it has more than 8388608 bytes`],
  });
});

test("that is room for the fingerprints of 125,000 findings", async () => {
  const fingerprints = Array.from({ length: 125_000 }, (_, at) => at.toString(16).padStart(64, "0"));
  const file = await fileOf(JSON.stringify(fingerprints));

  const { value, problems } = await loadBaseline({ file });

  expect(problems).toEqual([]);
  expect(value).toHaveLength(125_000);
});

test.each<[string, () => Promise<string>, string]>([
  ["that is missing", () => Promise.resolve(join(folder, "none.json")), "ENOENT"],
  ["that is a folder", () => Promise.resolve(folder), "it is not a file"],
  ["that is no JSON", () => fileOf("["), "BASELINE_FILE_UNREADABLE"],
  [
    "with a sentence that is too long",
    () => fileOf(JSON.stringify({ findings: { xss: [{ information: "x".repeat(300_000) }] } })),
    "is longer than 262144 characters",
  ],
])("a file %s is one problem, which names it, and gives no baseline", async (_what, pathOf, why) => {
  const file = await pathOf();

  const { value, problems } = await loadBaseline({ file });

  expect(value).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`baseline: the file ${file} cannot be used: `);
  expect(problems[0]).toContain(why);
});
