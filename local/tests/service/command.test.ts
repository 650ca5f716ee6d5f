import { copyFileSync, mkdtempSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "undici";
import { hashApiKey } from "../../src/accounts/api-key";
import { databasePath } from "../../src/store/open-store";
import { ended, killCommands, runCommand, startCommand } from "./command";
import { PROJECT, TestService } from "./test-service";

jest.setTimeout(180_000);

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crashtest-local-"));
});

afterEach(async () => {
  killCommands();
  await TestService.closeAll();
  rmSync(folder, { recursive: true, force: true });
});

function writeAccounts(users: Record<string, string>): string {
  const path = join(folder, "accounts.json");
  const listed = Object.entries(users).map(([name, key]) => ({ name, apiKeySha256: hashApiKey(key), teamIds: [42] }));
  writeFileSync(path, JSON.stringify({ teams: [{ id: 42, name: "Shop" }], users: listed }));
  return path;
}

async function createProject(url: string, key: string): Promise<number> {
  const headers = { api_key: key, "content-type": "application/json" };
  const { statusCode, body } = await request(`${url}/projects`, {
    method: "POST",
    headers,
    body: JSON.stringify(PROJECT),
  });
  await body.dump();
  return statusCode;
}

test("the file of accounts is the whole truth: who is taken out of it loses the key, and the projects stay", async () => {
  const data = ["--data", join(folder, "data")];
  const first = await startCommand([...data, "--accounts", writeAccounts({ ann: "key-of-ann", ben: "key-of-ben" })]);
  const before = [await createProject(first.url, "key-of-ann"), await createProject(first.url, "key-of-ben")];
  first.child.kill("SIGTERM");
  await ended(first.child);
  const second = await startCommand([...data, "--accounts", writeAccounts({ ann: "key-of-ann" })]);

  const after = [await createProject(second.url, "key-of-ann"), await createProject(second.url, "key-of-ben")];
  const { stdout } = await runCommand(...data, "--list-projects", "--public-url", "https://scans.example.com");

  expect([before, after]).toEqual([
    [201, 201],
    [201, 401],
  ]);
  expect(first.lines).toHaveLength(1);
  expect(stdout.match(/^project \d+ {2}team 42/gm)).toHaveLength(3);
  expect(stdout).toMatch(
    /webhook: https:\/\/scans\.example\.com\/webhook\/[0-9a-f-]{36}\n {2}proof: {3}[0-9a-f-]{36}, in the file crash/,
  );
});

test.each<[string, string[], RegExp]>([
  ["beyond this machine without keys", ["--listen", "0.0.0.0"], /--accounts[^]*--public-url/],
  ["control for others", ["--public-url", "https://scans.example.com", "--control"], /control interface/],
  ["accounts that are none", ["--accounts", __filename], /accounts file .*command\.test\.ts cannot be used/],
])("%s is refused before anything listens", async (_name, args, reason) => {
  const { code, stdout, stderr } = await runCommand("--port", "0", ...args);

  expect([code === 0, stdout]).toEqual([false, ""]);
  expect(stderr).toMatch(reason);
});

test("a backup that fails leaves no file that looks like one", async () => {
  writeFileSync(databasePath(folder), "no database at all, but long enough to be read as one".repeat(40));

  const { code, stderr } = await runCommand("--data", folder, "--backup", join(folder, "backup.sqlite"));

  expect(code).toBe(1);
  expect(stderr).toMatch(/not a database/);
  expect(readdirSync(folder).filter((name) => name.startsWith("backup"))).toEqual([]);
});

test("a new key and its hash fit together", async () => {
  const { code, stdout } = await runCommand("--new-key");
  const [, key = "", hash = ""] = /: (ctl_\S+)\n.*: ([0-9a-f]{64})\n$/.exec(stdout) ?? [];

  expect(code).toBe(0);
  expect(hashApiKey(key)).toBe(hash);
});

test("a backup of a database that is in use holds what is there, and is restored by putting it into a folder", async () => {
  const dataDir = join(folder, "data");
  const file = join(folder, "backup.sqlite");
  const running = await TestService.start({ dataDir });
  const id = await running.createProject();
  const scanId = await running.startScan(id);

  const first = await runCommand("--data", dataDir, "--backup", file);
  const again = await runCommand("--data", dataDir, "--backup", file);
  mkdirSync(join(folder, "restored"));
  copyFileSync(file, databasePath(join(folder, "restored")));
  const restored = await TestService.start({ dataDir: join(folder, "restored") });

  expect([first.code, again.code]).toEqual([0, 1]);
  expect(again.stderr).toContain("already exists");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await restored.statusCode(id, scanId)).toBe(102);
});

test("a service that cannot write is not healthy", async () => {
  const key = "key-of-demo";
  const args = ["--data", join(folder, "data"), "--team-id", "42", "--api-key", key];
  const { url } = await startCommand(args, {}, 300);
  const health = async (): Promise<number> => (await fetch(`${url}/health`)).status;
  const before = await health();

  let created = 201;
  for (let count = 0; count < 200 && created === 201; count += 1) created = await createProject(url, key);

  // What is too little for a project may still do for a few smaller writes.
  let after = await health();
  for (let count = 0; count < 20 && after === 200; count += 1) after = await health();

  expect([before, created, after]).toEqual([200, 500, 503]);
});
