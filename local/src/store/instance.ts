import type { Database } from "./database";

/** The identity of a new database. */
export interface Beginning {
  /** The permanent name of the database: letters, digits, `.`, `_` and `-`, at most 64. */
  instance: string;
  /** The ID of the first project, and of the first scan. */
  firstId: number;
}

const FIRST_SECOND = Date.UTC(2026, 0, 1) / 1_000;
/** Keeps IDs at eight digits, which people can read out. */
const LEAST_ID = 10_000_000;

/**
 * Returns the first ID of a new database: one more for each second, so that no ID of an earlier database on this machine is
 * issued again, unless that one created more than one object per second all its life.
 */
export const firstIdAt = (nowMs: number): number => LEAST_ID + Math.max(0, Math.floor(nowMs / 1_000 - FIRST_SECOND));

/** Writes the identity into a new database. */
export function begin(database: Database, { instance, firstId }: Beginning): void {
  database.write("UPDATE service SET instance = ?", instance);
  for (const table of ["projects", "scans"]) {
    database.write("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, firstId - 1);
  }
}

/** Reads the name of a database. */
export const instanceOf = (database: Database): string =>
  (database.first("SELECT instance FROM service") as { instance: string }).instance;
