import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAccepted } from "../../../gate/host/setting-files";
import { runCommand } from "./run-command";

const FINDING = "0a".repeat(32);

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crashtest-test-"));
  file = join(folder, "accepted.yaml");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const accept = (expires = "2026-12-31", finding = FINDING) =>
  runCommand(["accept", finding, "--file", file, "--reason", "Behind the login: see #7", "--expires", expires]);

const entry = { finding: FINDING, reason: "Behind the login: see #7", expires: "2026-12-31" };

test("a file that is missing is made, as the gate reads it, and says until when it accepts", async () => {
  const { exitCode, stdout, stderr } = await accept();

  expect([exitCode, stdout]).toEqual([0, ""]);
  expect(stderr).toBe(`${file} accepts finding ${FINDING} until the end of 2026-12-31 (UTC).\n`);
  expect(await loadAccepted(file)).toEqual({ value: [entry], problems: [] });
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test("to a file with comments the entry is added, and nothing else changes, its mode neither", async () => {
  const before = "# reviewed each month\n- slug: open-door # all of them\n  reason: x\n  expires: 2026-12-31\n";
  writeFileSync(file, before, { mode: 0o664 });
  const mode = statSync(file).mode;

  await accept();

  const after = readFileSync(file, "utf8");
  expect(after.startsWith(before)).toBe(true);
  expect((await loadAccepted(file)).value).toEqual([{ slug: "open-door", reason: "x", expires: "2026-12-31" }, entry]);
  expect(statSync(file).mode).toBe(mode);
  expect(readdirSync(folder)).toEqual(["accepted.yaml"]);
});

test("a link stays, and the file that it leads to gets the entry", async () => {
  writeFileSync(join(folder, "real.yaml"), "# real\n");
  symlinkSync("real.yaml", file);

  await accept();

  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, "real.yaml"), "utf8")).toMatch(/^# real\n- finding: /);
});

test("what is accepted already is refused, and what has expired is accepted again", async () => {
  await accept();
  const before = readFileSync(file, "utf8");

  const again = await accept("2027-06-30");
  expect(again.exitCode).toBe(1);
  expect(again.stderr).toContain(`${file} already accepts this finding until the end of 2026-12-31. Change that entry`);
  expect(readFileSync(file, "utf8")).toBe(before);

  writeFileSync(file, before.replace("2026-12-31", "2026-06-14"));
  expect((await accept()).exitCode).toBe(0);
  expect((await loadAccepted(file)).value).toEqual([{ ...entry, expires: "2026-06-14" }, entry]);
});

test("the last day may be today", async () => {
  expect((await accept("2026-06-15")).exitCode).toBe(0);
});

test.each([
  ["no YAML", "- slug: [", "line 1, column"],
  ["no list", "slug: x\n", "accept must be a list of accepted findings"],
  ["an entry that the gate refuses", "- slug: x\n  expires: 2026-12-31\n", "accept[0].reason is missing"],
])("a file with %s stays as it is, and the error says what is wrong with it", async (_what, text, problem) => {
  writeFileSync(file, text);

  const { exitCode, stdout, stderr } = await accept();

  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(problem);
  expect(stderr).toContain("(ACCEPT_FILE_UNREADABLE)");
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("a folder cannot be written, nor a file in one that is missing", async () => {
  mkdirSync(file);
  const ofFolder = await accept();
  file = join(folder, "missing", "accepted.yaml");
  const inMissing = await accept();

  expect([ofFolder.exitCode, inMissing.exitCode]).toEqual([1, 1]);
  expect(ofFolder.stderr).toContain("it is a folder (EISDIR)");
  expect(inMissing.stderr).toContain(`the folder ${join(folder, "missing")} does not exist`);
  expect(inMissing.stderr).toContain("(ARGUMENT_INVALID)");
});
