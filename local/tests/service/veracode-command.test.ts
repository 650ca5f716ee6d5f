import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "undici";
import { authorizationOf } from "../http/veracode/signed";
import { REST, TARGET } from "../http/veracode/veracode-service";
import { ended, killCommands, runCommand, startCommand } from "./command";

jest.setTimeout(180_000);

const KEY = { id: "0a".repeat(16), secret: "0b".repeat(64) };
const PATH = `${REST}/targets`;
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crashtest-local-"));
});

afterEach(() => {
  killCommands();
  rmSync(folder, { recursive: true, force: true });
});

async function statusOf(url: string, method: "GET" | "POST", key = KEY, body?: object): Promise<number> {
  const authorization = authorizationOf(key, { method, host: "127.0.0.1", url: PATH });
  const answer = await request(url + PATH, {
    method,
    headers: { authorization, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  await answer.body.dump();
  return answer.statusCode;
}

test("the command prints a pair at its first start, which signs requests at the next one too", async () => {
  const args = ["--api", "veracode", "--data", folder];
  const first = await startCommand(args);
  first.child.kill("SIGTERM");
  await ended(first.child);
  const second = await startCommand(args);

  const [id = "", secret = "", team] = first.lines.map((line) => line.split(": ")[1] ?? "");

  expect(first.lines[0]).toMatch(/^API ID of the user "demo": [0-9a-f]{32}$/);
  expect(first.lines[1]).toMatch(/^API key of the user "demo" \(shown this once\): [0-9a-f]{128}$/);
  expect(team).toBe("00000000-0000-4000-8000-000000000001");
  expect(second.lines).toHaveLength(1);
  expect(await statusOf(second.url, "GET", { id, secret })).toBe(200);
});

test("a pair that is given is not printed, and the switch allows local targets", async () => {
  const args = ["--api", "veracode", "--api-id", KEY.id, "--api-key", KEY.secret, "--allow-local-targets"];
  const { url, lines } = await startCommand(args);

  expect(lines).toHaveLength(1);
  expect(await statusOf(url, "POST", KEY, { ...TARGET, url: "localhost:3000" })).toBe(201);
});

test("accounts may have signing keys; the listing has the IDs of targets and the webhooks of this API", async () => {
  const accounts = join(folder, "accounts.json");
  const users = [{ name: "ci", veracodeKeys: [{ id: KEY.id, key: KEY.secret }], teamIds: [42] }];
  writeFileSync(accounts, JSON.stringify({ teams: [{ id: 42, name: "Shop" }], users }));
  const args = ["--api", "veracode", "--data", join(folder, "data")];
  const { url } = await startCommand([...args, "--accounts", accounts]);

  const status = await statusOf(url, "POST", KEY, TARGET);
  const { stdout } = await runCommand(...args, "--list-projects");

  expect(status).toBe(201);
  expect(stdout).toMatch(
    /target: {2}[0-9a-f]{32}\n {2}webhook: http:\S+\/dae\/api\/core-api\/webhook\/[0-9a-f-]{36}\n/,
  );
});

test("--new-key makes a pair", async () => {
  const { stdout } = await runCommand("--api", "veracode", "--new-key");

  expect(stdout).toMatch(/^API ID: [0-9a-f]{32}\nAPI key [^:]*: [0-9a-f]{128}\n$/);
});
