import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../../src/store/database";
import { explained } from "../../src/store/explain-error";
import { databasePath, openStore } from "../../src/store/open-store";
import { runCommand } from "./command";
import { TestService } from "./test-service";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crashtest-local-"));
});

afterEach(async () => {
  await TestService.closeAll();
  rmSync(folder, { recursive: true, force: true });
});

const GARBAGE = "no database at all, but long enough to be read as one".repeat(200);
const BEGINNING = { instance: "broken", firstId: 1 };

test.each([[["--list-projects"]], [["--backup", "copy.sqlite"]], [["--port", "0"]]])(
  "with %j a file that is no database is named, with what is wrong and what to do",
  async (args) => {
    writeFileSync(databasePath(folder), GARBAGE);

    const inFolder = args.map((arg) => (arg === "copy.sqlite" ? join(folder, arg) : arg));
    const { code, stderr } = await runCommand("--data", folder, ...inFolder);

    expect(code).toBe(1);
    expect(stderr).toBe(
      `crashtest-local: The database ${databasePath(folder)} cannot be used: file is not a database. It is damaged, or not a ` +
        "crashtest-local database. Put a backup of it into an empty folder under the same name and start the service " +
        "with --data and that folder, or start from scratch in another one.\n",
    );
  },
);

test("a database that is damaged beyond its head is named as well", async () => {
  await TestService.start({ dataDir: folder });
  await TestService.closeAll();
  const database = new Database(databasePath(folder));
  database.exec("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 9999 WHERE name = 'scans'");
  database.close();

  await expect(TestService.start({ dataDir: folder })).rejects.toThrow(
    `The database ${databasePath(folder)} cannot be used: `,
  );
});

test("a path that is no file is named", () => {
  mkdirSync(databasePath(folder));

  expect(() => openStore(folder, BEGINNING)).toThrow(
    /crashtest-local\.sqlite cannot be used: it cannot be opened\. Its folder/,
  );
});

test("a lock that is damaged can be deleted, as the message says", () => {
  const path = join(folder, "lock.sqlite");
  writeFileSync(path, GARBAGE);
  expect(() => openStore(folder, BEGINNING)).toThrow(
    `${path} cannot be locked (file is not a database). Delete that file`,
  );

  rmSync(path);

  openStore(folder, BEGINNING).close();
});

test.each([
  ["SQLITE_READONLY_DIRECTORY", /must be able to write to them\.$/],
  ["SQLITE_FULL", /Free space on its disk/],
  ["SQLITE_IOERR_WRITE", /Free space on its disk/],
  ["SQLITE_BUSY", /Another program has locked it/],
])("%s comes with advice", (code, advice) => {
  const error = explained("/data/x.sqlite", Object.assign(new Error("in its own words"), { code }));

  expect(String(error)).toMatch(/The database \/data\/x\.sqlite cannot be used: in its own words\. /);
  expect(String(error)).toMatch(advice);
});

test.each([new Error("another"), Object.assign(new Error("x"), { code: "SQLITE_CONSTRAINT" }), "text"])(
  "%s stays as it is",
  (error) => {
    expect(explained("/data/x.sqlite", error)).toBe(error);
  },
);
