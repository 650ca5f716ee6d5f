import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HEARTBEAT_MS } from "../../../src/page/push";
import { MAX_STREAMS_OF_USER } from "../../../src/page/streams";
import { Database } from "../../../src/store/database";
import { databasePath } from "../../../src/store/open-store";
import { KEYS, PROJECT, TEAMS, TestService } from "../../service/test-service";
import { readEvents, type EventReader, type ReadEvent } from "./event-reader";

const MS = 1000;
const readers: EventReader[] = [];

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await TestService.closeAll();
});

async function read(service: TestService, key: string = KEYS.anna): Promise<EventReader> {
  const reader = await readEvents(service.service.url, key);
  readers.push(reader);
  return reader;
}

const newestScan = ({ data }: ReadEvent): unknown => {
  const scan = data.projects[0]?.scans[0];
  return scan && [scan.id, scan.state, scan.progressFraction];
};

test("events are a stream that nothing on the way keeps or gathers", async () => {
  const { status, headers } = await read(await TestService.start());

  expect([status, headers["content-type"]]).toEqual([200, "text/event-stream; charset=utf-8"]);
  expect([headers["cache-control"], headers["x-accel-buffering"]]).toEqual(["no-store, no-transform", "no"]);
});

test.each([
  ["a wrong key", "nonsense"],
  ["an empty key", ""],
])("%s gets no stream", async (_name, key) => {
  const reader = await read(await TestService.start(), key);

  expect(reader.status).toBe(401);
});

test("all is told at once: the user, the teams, the projects", async () => {
  const service = await TestService.start();
  const id = await service.createProject();

  const first = await (await read(service)).next();

  expect(first).toMatchObject({
    type: "snapshot",
    data: {
      user: { name: "anna", teams: [{ id: TEAMS.anna, name: "Shop" }] },
      scanner: { name: "scripted", touchesTargets: false },
      nowMs: Date.UTC(2026, 0, 1),
    },
  });
  expect(first?.data.projects).toMatchObject([{ id, name: "shop", team: { id: 42, name: "Shop" }, scans: [] }]);
});

test("a scan's start, progress and end, and the end of its project are told as they come", async () => {
  const service = await TestService.start({ script: { default: { durationSeconds: 10 } } });
  const events = await read(service);
  await events.next();
  const told: unknown[] = [];

  const id = await service.createProject();
  told.push(newestScan(await events.until(({ data }) => data.projects.length > 0)));
  await service.startScan(id);
  told.push(newestScan(await events.until((event) => newestScan(event) !== undefined)));
  service.clock.advance(5 * MS);
  told.push(newestScan(await events.until(({ data }) => data.projects[0]?.scans[0]?.progressFraction === 0.5)));
  service.clock.advance(5 * MS);
  const ended = await events.until(({ data }) => data.projects[0]?.scans[0]?.endedAtMs !== null);
  told.push(newestScan(ended));
  await service.send("DELETE", `/projects/${id}`);
  const gone = await events.until(({ data }) => data.removed.length > 0);

  expect(told).toEqual([undefined, [1, "running", 0], [1, "running", 0.5], [1, "finished", 0.95]]);
  expect(ended.data.projects[0]?.scans[0]?.result).toMatchObject({ ranCount: 12, missing: [], broken: [] });
  expect(gone).toMatchObject({ type: "change", data: { projects: [], removed: [id] } });
});

test("two users of two teams see only their own", async () => {
  const service = await TestService.start({ script: { default: { durationSeconds: 10 } } });
  const [anna, bert] = [await read(service), await read(service, KEYS.bert)];
  await Promise.all([anna.next(), bert.next()]);

  const own = await service.createProject();
  await service.startScan(own);
  const { json } = await service.send("POST", "/projects", {
    body: { ...PROJECT, team_id: TEAMS.bert },
    key: KEYS.bert,
  });
  const other = (json as { data: { id: number } }).data.id;
  const [ofAnna, ofBert] = [await anna.next(), await bert.next()];

  expect(ofAnna?.data.projects.map(({ id }) => id)).toEqual([own]);
  expect(ofBert?.data.projects.map(({ id }) => id)).toEqual([other]);
  expect(JSON.stringify(ofBert)).not.toContain("Shop");
});

test("a stream ends with the service, and its reader may come again at once", async () => {
  const service = await TestService.start();
  const events = await read(service);
  await events.next();

  await service.service.close();

  expect(await events.next()).toBeUndefined();
});

test("one user has a bounded number of streams; one that ends makes room", async () => {
  const service = await TestService.start();
  const open = await Promise.all(Array.from({ length: MAX_STREAMS_OF_USER }, () => read(service)));

  const oneMore = await read(service);
  const ofOther = await read(service, KEYS.bert);
  open[0]?.close();
  let room = await read(service);
  while (room.status === 429) room = await read(service);

  expect([oneMore.status, oneMore.headers["retry-after"], ofOther.status, room.status]).toEqual([429, "10", 200, 200]);
});

describe("rights that are lost while a stream is open", () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), "crashtest-page-"))));
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Another program changes the database of the service. */
  function change(sql: string): void {
    const database = new Database(databasePath(dataDir));
    database.exec(`PRAGMA foreign_keys = ON; ${sql}`);
    database.close();
  }

  test("the projects of a team go with the membership", async () => {
    const service = await TestService.start({ dataDir });
    const id = await service.createProject();
    const events = await read(service);
    await events.next();

    change("DELETE FROM memberships");
    const own = { ...PROJECT, team_id: TEAMS.bert };
    change(`INSERT INTO memberships SELECT id, ${TEAMS.bert} FROM users WHERE name = 'bert'`);
    await service.send("POST", "/projects", { body: own, key: KEYS.bert });

    expect(await events.next()).toMatchObject({ type: "change", data: { projects: [], removed: [id] } });
  });

  test("a key that counts no more gets the reason and the end, and nothing else", async () => {
    const service = await TestService.start({ dataDir });
    const events = await read(service);
    await events.next();

    change("DELETE FROM api_keys WHERE user_id = (SELECT id FROM users WHERE name = 'anna')");
    await service.send("POST", "/projects", { body: { ...PROJECT, team_id: TEAMS.bert }, key: KEYS.bert });

    expect(await events.next()).toEqual({ type: "refused", data: { message: "api_key_unknown" } });
    expect(await events.next()).toBeUndefined();
  });
});

test("a heartbeat comes more often than proxies end what is silent", () => {
  expect(HEARTBEAT_MS).toBeLessThan(30_000);
});
