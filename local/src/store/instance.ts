import type { Database } from "./database";

/** What a new database begins with. */
export interface Beginning {
  /** Names the database for ever: letters, digits, `.`, `_` and `-`, at most 64. */
  instance: string;
  /** The ID of the first project, and of the first scan. */
  firstId: number;
}

const FIRST_SECOND = Date.UTC(2026, 0, 1) / 1_000;
/** Eight digits: IDs that people can read out. */
const LEAST_ID = 10_000_000;

/**
 * Where the numbers of a new database begin: one on for each second, so that none is given out again that an earlier database
 * of this machine has given out, unless that one made more than one thing a second all its life.
 */
export const firstIdAt = (nowMs: number): number => LEAST_ID + Math.max(0, Math.floor(nowMs / 1_000 - FIRST_SECOND));

/** Writes the beginning into a database that has nothing yet. */
export function begin(database: Database, { instance, firstId }: Beginning): void {
  database.write("UPDATE service SET instance = ?", instance);
  for (const table of ["projects", "scans"]) {
    database.write("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, firstId - 1);
  }
}

/** The name of a database. */
export const instanceOf = (database: Database): string =>
  (database.first("SELECT instance FROM service") as { instance: string }).instance;
