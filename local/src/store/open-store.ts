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

/** Everything that the service stores. */
export interface Store {
  users: UserStore;
  projects: ProjectStore;
  scans: ScanStore;
  accounts: AccountStore;
  /** The name of the database: an in-memory database has a new name at each start. */
  readonly instance: string;
  /** @throws Error if the database cannot be read or written. */
  ping(): void;
  close(): void;
}

const BUSY_TIMEOUT_MS = 5000;

/** The file of the database in a data folder. */
export const databasePath = (dataDir: string): string => join(dataDir, "crashtest-local.sqlite");

/**
 * Opens the database in `dataDir`, which is created if it is missing; without `dataDir`, in memory.
 * @param beginning the identity of a new database
 * @throws Error if another service uses the folder, or the database cannot be used; it names the file and what
 * to do.
 */
export function openStore(dataDir: string | undefined, beginning: Beginning): Store {
  const unlock = dataDir === undefined ? () => undefined : lock(dataDir);
  const path = dataDir === undefined ? ":memory:" : databasePath(dataDir);
  const database = open(path, unlock);
  try {
    if (dataDir !== undefined) database.rows("PRAGMA journal_mode = WAL");
    // A backup or a person with SQLite's shell may lock the database for a moment.
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

/** Opens the database. @throws Error that names the file, after `giveUp`. */
function open(path: string, giveUp: () => void = () => undefined): Database {
  try {
    return new Database(path);
  } catch (error) {
    giveUp();
    throw explained(path, error);
  }
}

/** Keeps a second service out, which would take this one's running scans for dead. */
function lock(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, "lock.sqlite");
  const held = open(path);
  const refusal = (reason: string, cause?: unknown): Error => {
    held.close();
    const problem = `The data folder ${dataDir} cannot be used: ${reason}, or choose another folder with --data.`;
    return new Error(problem, { cause });
  };
  let isLocked;
  try {
    isLocked = held.tryLock();
  } catch (error) {
    throw refusal(
      `${path} cannot be locked (${(error as Error).message}). Delete that file, which contains nothing`,
      error,
    );
  }
  if (!isLocked) throw refusal("Another crashtest-local is using it. Stop it");
  return () => {
    held.close();
  };
}
