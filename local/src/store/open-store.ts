import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createAccountStore, type AccountStore } from "./accounts";
import { Database } from "./database";
import { explained } from "./explain-error";
import { begin, instanceOf, type Beginning } from "./instance";
import { createProjectStore, type ProjectStore } from "./projects";
import { createScanStore, type ScanStore } from "./scans";
import { migrate, tryWriting } from "./schema";
import { createUserStore, type UserStore } from "./users";

/** All that the service keeps. */
export interface Store {
  users: UserStore;
  projects: ProjectStore;
  scans: ScanStore;
  accounts: AccountStore;
  /** Names the database: a new one in memory has another name at each start. */
  readonly instance: string;
  /** @throws Error where the database cannot be read or written. */
  ping(): void;
  close(): void;
}

const BUSY_TIMEOUT_MS = 5000;

/** The file of the database in a data folder. */
export const databasePath = (dataDir: string): string => join(dataDir, "crashtest-local.sqlite");

/**
 * Opens the database in `dataDir`, which is made where it is missing; without `dataDir`, in memory.
 * @param beginning of a database that is new
 * @throws Error where another service uses the folder, or where the database cannot be used; it names the file and what
 * to do.
 */
export function openStore(dataDir: string | undefined, beginning: Beginning): Store {
  const unlock = dataDir === undefined ? () => undefined : lock(dataDir);
  const path = dataDir === undefined ? ":memory:" : databasePath(dataDir);
  const database = open(path, unlock);
  try {
    if (dataDir !== undefined) database.rows("PRAGMA journal_mode = WAL");
    // A backup or a person with SQLite's own shell may hold the database for a moment.
    database.rows(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const isNew = migrate(database);
    if (isNew) begin(database, beginning);
  } catch (error) {
    database.close();
    unlock();
    throw explained(path, error);
  }
  const users = createUserStore(database);
  return {
    users,
    projects: createProjectStore(database),
    scans: createScanStore(database),
    accounts: createAccountStore(database, users),
    instance: instanceOf(database),
    ping: () => {
      database.first("SELECT count(*) FROM projects");
      tryWriting(database);
    },
    close: () => {
      database.close();
      unlock();
    },
  };
}

/** @throws Error that names the file, after `giveUp`. */
function open(path: string, giveUp: () => void = () => undefined): Database {
  try {
    return new Database(path);
  } catch (error) {
    giveUp();
    throw explained(path, error);
  }
}

/**
 * Keeps a second service out: it would take this one's running scans for dead. SQLite's own file lock is used, which
 * the operating system takes back when the process dies, however it dies.
 */
function lock(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, "lock.sqlite");
  const held = open(path);
  try {
    held.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    held.close();
    const { code, message } = error as { code?: unknown; message: string };
    const reason =
      code === "SQLITE_BUSY"
        ? "Another crashtest-local uses it. Stop it"
        : `${path} cannot be locked (${message}). Delete that file, which holds nothing`;
    throw new Error(`The data folder ${dataDir} cannot be used: ${reason}, or choose another folder with --data.`, {
      cause: error,
    });
  }
  return () => {
    held.exec("ROLLBACK");
    held.close();
  };
}
