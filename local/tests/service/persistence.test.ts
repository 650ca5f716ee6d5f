import { request } from "undici";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createManualClock, startLocalService, type Seed } from "../../src/index";
import { Database } from "../../src/store/database";
import { databasePath } from "../../src/store/open-store";
import { listProjects } from "../../src/store/project-listing";
import { ended, killCommands, startCommand } from "./command";
import { writeEarlierDatabase } from "./earlier-database";
import { KEYS, PROJECT, TestService } from "./test-service";

let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "crashtest-local-"));
});

afterEach(async () => {
  await TestService.closeAll();
  killCommands();
  rmSync(dataDir, { recursive: true, force: true });
});

test("projects, scans, reports and keys outlive a restart", async () => {
  const first = await TestService.start({ dataDir });
  const id = await first.createProject();
  const scanId = await first.startScan(id);
  await first.service.close();

  const second = await TestService.start({ dataDir });
  const report = await second.send("GET", `/projects/${id}/scans/${scanId}/report/json`);

  expect(await second.statusCode(id, scanId)).toBe(102);
  expect(report.status).toBe(200);
  expect(await second.createProject()).toBe(id + 1);
});

test("a database keeps its name and its numbers from start to start, and another one has others", async () => {
  const nameOf = async (service: TestService): Promise<unknown> =>
    (await service.send("GET", "/projects/1/scans/1/status")).headers["crashtest-service"];
  const first = await TestService.start({ dataDir });
  const name = await nameOf(first);
  await first.service.close();

  const again = await TestService.start({ dataDir, firstId: 500, instance: "another" });
  const inMemory = await TestService.start();

  expect(await nameOf(again)).toBe(name);
  expect(await again.createProject()).toBe(1);
  expect(await nameOf(inMemory)).not.toBe(name);
});

test("numbers begin by the time: those of a later start are higher, with eight digits", async () => {
  const firstIds = async (startMs: number): Promise<number[]> => {
    const service = await TestService.start({ firstId: undefined, clock: createManualClock(startMs) });
    const projectId = await service.createProject();
    return [projectId, await service.startScan(projectId)];
  };
  const startMs = Date.UTC(2026, 10, 29, 18, 30);

  const [one, later] = [await firstIds(startMs), await firstIds(startMs + 1_000)];

  expect(one).toEqual([38_751_400, 38_751_400]);
  expect(later).toEqual([38_751_401, 38_751_401]);
});

test("a database of an earlier release gets a name, and goes on with its numbers", async () => {
  writeEarlierDatabase(dataDir, 2);

  const service = await TestService.start({ dataDir, firstId: 500 });

  expect(await service.createProject()).toBe(8);
  const { headers } = await service.send("DELETE", "/projects/7");
  expect(headers["crashtest-service"]).toMatch(/^[0-9a-f]{12}$/);
});

test("a running scan is stopped when the service closes", async () => {
  const first = await TestService.start({ dataDir, script: { default: { durationSeconds: 60 } } });
  const id = await first.createProject();
  const scanId = await first.startScan(id);
  await first.service.close();

  const second = await TestService.start({ dataDir });

  expect(await second.statusCode(id, scanId)).toBe(103);
});

test("after kill -9 the running scan is failed, and the next one starts", async () => {
  const { child, url } = await startCommand(["--data", dataDir, "--api-key", KEYS.anna, "--team-id", "42"]);
  const headers = { api_key: KEYS.anna, "content-type": "application/json" };
  const body = JSON.stringify({ team_id: 42, name: "shop", url: "http://127.0.0.1:1/", type: "webapp" });
  const created = await request(`${url}/projects`, { method: "POST", headers, body });
  const { id } = ((await created.body.json()) as { data: { id: number } }).data;
  const started = await request(`${url}/projects/${id}/scans`, { method: "POST", headers: { api_key: KEYS.anna } });
  expect(started.statusCode).toBe(201);
  const { scanId } = ((await started.body.json()) as { data: { scanId: number } }).data;
  child.kill("SIGKILL");
  expect(await ended(child)).toEqual({ code: null, signal: "SIGKILL" });

  const second = await TestService.start({ dataDir });

  expect(await second.statusCode(id, scanId)).toBe(104);
  expect(await second.startScan(id)).toBe(scanId + 1);
}, 120_000);

test("the command prints the key at its first start only, and ends with 0 at SIGTERM", async () => {
  const first = await startCommand(["--data", dataDir]);
  first.child.kill("SIGTERM");
  expect(await ended(first.child)).toEqual({ code: 0, signal: null });

  const second = await startCommand(["--data", dataDir]);
  second.child.kill("SIGINT");

  expect(await ended(second.child)).toEqual({ code: 0, signal: null });
  expect(first.lines[0]).toMatch(/^API key of the user "demo" \(shown this once\): ctl_.{32}$/);
  expect(second.lines).toHaveLength(1);
}, 120_000);

test("a second service on the same folder is refused, and the first goes on", async () => {
  const first = await TestService.start({ dataDir });

  await expect(TestService.start({ dataDir })).rejects.toThrow("Another crashtest-local is using it");

  expect((await first.send("DELETE", "/projects/1")).status).toBe(404);
});

test("a port that is taken is an error that says so", async () => {
  const { service } = await TestService.start();

  await expect(startLocalService({ port: service.port })).rejects.toThrow("choose another port with --port");
});

test("the projects of a folder can be listed with their webhooks while the service runs", async () => {
  const service = await TestService.start({ dataDir, control: true });
  const webhook = await service.webhook(await service.createProject());

  expect(listProjects(dataDir, "http://127.0.0.1:4747").join("\n")).toContain(`http://127.0.0.1:4747${webhook}`);
});

test("what users call their projects cannot write lines of its own into the listing", async () => {
  const service = await TestService.start({ dataDir });
  await service.send("POST", "/projects", { body: { ...PROJECT, name: "a\nproject 9\u001b[31m" } });

  const lines = listProjects(dataDir, service.service.url).join("\n").split("\n");

  expect(lines).toHaveLength(3);
  expect(lines.join("")).not.toContain("\u001b");
});

test("a database that only a start of this version can read is listed by none", async () => {
  const service = await TestService.start({ dataDir });
  await service.service.close();
  const database = new Database(databasePath(dataDir));
  database.exec("PRAGMA user_version = 1");

  expect(() => listProjects(dataDir, "http://127.0.0.1:1")).toThrow("start this crashtest-local once");
  expect(database.first("PRAGMA user_version")).toMatchObject({ user_version: 1 });
  database.close();
});

test("a key that is given takes the place of the earlier one", async () => {
  const teams = [{ id: 42, name: "Shop" }];
  const seedWith = (apiKey: string): Seed => ({ teams, users: [{ name: "anna", apiKey, teamIds: [42] }] });
  const first = await TestService.start({ dataDir, seed: seedWith("first-key") });
  await first.service.close();
  const second = await TestService.start({ dataDir, seed: seedWith("second-key") });

  const statuses = ["first-key", "second-key"].map((key) => second.send("DELETE", "/projects/1", { key }));

  expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([401, 404]);
});

test("an empty database gets a team, a user and a new key; no key lies in the database", async () => {
  const service = await startLocalService({ dataDir });
  const key = service.apiKeys["demo"] ?? "";
  await service.close();

  const { readFileSync, readdirSync } = await import("node:fs");
  const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), "latin1"));

  expect(key).toMatch(/^ctl_/);
  expect(files.join("")).not.toContain(key);
});
