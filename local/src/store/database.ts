import LibsqlDatabase from "libsql";

/** The values that may be bound to a statement. libsql crashes the whole process on anything else. */
export type SqlValue = string | number | bigint | Buffer | null;

/** The result of a statement that writes. */
export interface WriteResult {
  changes: number;
  lastId: number;
}

/** The embedded SQLite database; the only place that knows libsql. */
export class Database {
  readonly #connection: LibsqlDatabase.Database;

  /** Opens `path`, or an in-memory database for `:memory:`. */
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

  /** Returns the first row, or undefined if there is none. */
  first(sql: string, ...values: SqlValue[]): unknown {
    return this.rows(sql, ...values)[0];
  }

  rows(sql: string, ...values: SqlValue[]): unknown[] {
    return this.#connection.prepare(sql).all(...checked(values));
  }

  /** Runs `work` as one transaction, which is rolled back if `work` throws. Transactions do not nest. */
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

  /**
   * Locks the file for this connection alone, until it is closed. It is SQLite's own lock, which the operating system
   * releases when the process dies, however it dies.
   *
   * @returns false where another connection, of this process or another, holds the lock
   * @throws Error if the file cannot be locked
   */
  tryLock(): boolean {
    try {
      this.exec("BEGIN EXCLUSIVE");
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === "SQLITE_BUSY") return false;
      throw error;
    }
  }

  close(): void {
    this.#connection.close();
  }
}

/** Types hold at compile time only; a wrong value must cause an error, not crash the process. */
function checked(values: readonly SqlValue[]): [SqlValue[]] {
  for (const value of values) {
    const isBindable =
      value === null || Buffer.isBuffer(value) || ["string", "number", "bigint"].includes(typeof value);
    if (!isBindable) throw new TypeError(`A value of the type ${typeof value} cannot be bound to an SQL statement.`);
  }
  return [[...values]];
}
