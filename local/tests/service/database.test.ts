import { Database, type SqlValue } from "../../src/store/database";
import { migrate } from "../../src/store/schema";

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
