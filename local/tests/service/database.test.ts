import { Database, type SqlValue } from "../../src/store/database";
import { createScanStore } from "../../src/store/scans";
import { migrate } from "../../src/store/schema";
import { fillAsVersion } from "./earlier-database";

test.each([[true], [new Date(0)], [{ a: 1 }], [new Uint8Array(1)], [undefined]])(
  "binding %p is an error, not the end of the process",
  (value) => {
    const database = new Database(":memory:");

    expect(() => database.rows("SELECT ?", value as unknown as SqlValue)).toThrow(TypeError);
    database.close();
  },
);

test("a transaction that throws leaves nothing", () => {
  const database = new Database(":memory:");
  migrate(database);

  const work = (): void => {
    database.write("INSERT INTO teams (name) VALUES (?)", "a");
    throw new Error("no");
  };

  expect(() => {
    database.transaction(work);
  }).toThrow("no");
  expect(database.rows("SELECT * FROM teams")).toEqual([]);
  database.close();
});

test("a database of a newer version is refused", () => {
  const database = new Database(":memory:");
  database.exec("PRAGMA user_version = 99");

  expect(() => {
    migrate(database);
  }).toThrow("The database has version 99");
  database.close();
});

test("a database of version 1 gets a proof of its own for each project", () => {
  const database = new Database(":memory:");
  fillAsVersion(database, 1);
  const columns = "(team_id, name, url, type, webhook, created_at_ms)";
  database.exec(`INSERT INTO projects ${columns} VALUES (42, 'b', 'http://127.0.0.1/', 'webapp', 'b', 0)`);

  migrate(database);

  const hashes = (database.rows("SELECT proof_hash AS hash FROM projects") as { hash: string }[]).map(
    ({ hash }) => hash,
  );
  expect(hashes).toEqual(Array(2).fill(expect.stringMatching(/^[0-9a-f]{32}$/)));
  expect(new Set(hashes).size).toBe(2);
  database.close();
});

test("after a restart scans with a login fail for a reason of their own, and the database has nothing else of it", () => {
  const database = new Database(":memory:");
  migrate(database);
  database.exec("INSERT INTO teams (id, name) VALUES (1, 'a')");
  const columns = "(id, team_id, name, url, type, webhook, created_at_ms, target_id, profile_id)";
  for (const id of [1, 2]) {
    const values = `${id}, 1, 'b', 'http://127.0.0.1/', 'webapp', '${id}', 0, '${id}', '${id}'`;
    database.exec(`INSERT INTO projects ${columns} VALUES (${values})`);
  }
  const scans = createScanStore(database);
  const [plain, secret] = [scans.create(1, 0), scans.create(2, 0, { hasLogin: true })];

  expect(scans.failAllRunning({ withLogin: "login_failed: gone", others: "ended" }, 1)).toBe(2);

  expect([plain, secret].map(({ id }) => scans.find(id)?.outcome?.reason)).toEqual(["ended", "login_failed: gone"]);
  database.close();
});
