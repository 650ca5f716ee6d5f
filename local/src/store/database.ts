import LibsqlDatabase from "libsql";

/** All that may be bound to a statement. libsql ends the whole process on anything else. */
export type SqlValue = string | number | bigint | Buffer | null;

/** What a statement that writes came to. */
export interface WriteResult {
  changes: number;
  lastId: number;
}

/** The embedded SQLite database; the only place that knows libsql. */
export class Database {
  readonly #connection: LibsqlDatabase.Database;

  /** Opens `path`, or a database in memory for `:memory:`. */
  constructor(path: string) {
    this.#connection = new LibsqlDatabase(path);
  }

  /** Runs statements without values. */
  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  write(sql: string, ...values: SqlValue[]): WriteResult {
    const { changes, lastInsertRowid } = this.#connection.prepare(sql).run(...checked(values));
    return { changes, lastId: Number(lastInsertRowid) };
  }

  /** The first row, or undefined where there is none. */
  first(sql: string, ...values: SqlValue[]): unknown {
    return this.rows(sql, ...values)[0];
  }

  rows(sql: string, ...values: SqlValue[]): unknown[] {
    return this.#connection.prepare(sql).all(...checked(values));
  }

  /** Runs `work` as one transaction; it is rolled back where `work` throws. Transactions do not nest. */
  transaction<Result>(work: () => Result): Result {
    this.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.exec("COMMIT");
      return result;
    } catch (error) {
      this.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    this.#connection.close();
  }
}

/** Types hold at compile time only; a value that slipped through must end in an error, not in the end of the process. */
function checked(values: readonly SqlValue[]): [SqlValue[]] {
  for (const value of values) {
    const isBindable =
      value === null || Buffer.isBuffer(value) || ["string", "number", "bigint"].includes(typeof value);
    if (!isBindable) throw new TypeError(`A value of the type ${typeof value} cannot be bound to an SQL statement.`);
  }
  return [[...values]];
}
