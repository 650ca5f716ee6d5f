import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAccepted } from "../../../../gate/host/setting-files";

const ENTRY = { slug: "open-door", reason: "It leads nowhere.", expires: "2026-12-31" };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "accept-file-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(content: string): Promise<string> {
  const path = join(folder, "accepted.yaml");
  await writeFile(path, content);
  return path;
}

test.each([[undefined], [[]], [[ENTRY]]])("%j is taken as it is, and no file is read", async (given) => {
  const loaded = await loadAccepted(given);

  expect(loaded).toEqual({ value: given, problems: [] });
  expect(loaded.value).toBe(given);
});

test("a file is read as the list that it holds", async () => {
  const path = await fileOf("- slug: open-door\n  reason: It leads nowhere.\n  expires: 2026-12-31\n");

  expect(await loadAccepted(path)).toEqual({ value: [ENTRY], problems: [] });
});

test("an empty file accepts nothing, and is no problem", async () => {
  expect(await loadAccepted(await fileOf(""))).toEqual({ value: [], problems: [] });
});

test("a file of something else is left to the check of the settings", async () => {
  expect(await loadAccepted(await fileOf("slug: open-door\n"))).toEqual({
    value: { slug: "open-door" },
    problems: [],
  });
});

test.each<[string, () => Promise<string>, string]>([
  ["that is missing", () => Promise.resolve(join(folder, "none.yaml")), "ENOENT"],
  ["whose path is empty", () => Promise.resolve(""), "ENOENT"],
  ["that is a folder", () => Promise.resolve(folder), "it is not a file"],
  ["that is not YAML", () => fileOf('- slug: "a\n'), "ACCEPT_FILE_UNREADABLE"],
])("a file %s is one problem, which names it, and accepts nothing", async (_what, pathOf, why) => {
  const path = await pathOf();

  const { value, problems } = await loadAccepted(path);

  expect(value).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`accept: the file ${path} cannot be used: `);
  expect(problems[0]).toContain(why);
});
