import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createAccountStore, type AccountStore } from "./accounts";
import { Database } from "./database";
import { createProjectStore, type ProjectStore } from "./projects";
import { createScanStore, type ScanStore } from "./scans";
import { migrate } from "./schema";
import { createUserStore, type UserStore } from "./users";

/** All that the service keeps. */
export interface Store {
  users: UserStore;
  projects: ProjectStore;
  scans: ScanStore;
  accounts: AccountStore;
  /** @throws Error where the database does not answer. */
  ping(): void;
  close(): void;
}

const BUSY_TIMEOUT_MS = 5000;

/** The file of the database in a data folder. */
export const databasePath = (dataDir: string): string => join(dataDir, "crashtest-local.sqlite");

/**
 * Opens the database in `dataDir`, which is made where it is missing; without `dataDir`, in memory.
 * @throws Error where another service uses the folder.
 */
export function openStore(dataDir: string | undefined): Store {
  const unlock = dataDir === undefined ? () => undefined : lock(dataDir);
  const database = new Database(dataDir === undefined ? ":memory:" : databasePath(dataDir));
  try {
    if (dataDir !== undefined) database.rows("PRAGMA journal_mode = WAL");
    // A backup or a person with SQLite's own shell may hold the database for a moment.
    database.rows(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    migrate(database);
  } catch (error) {
    database.close();
    unlock();
    throw error;
  }
  const users = createUserStore(database);
  return {
    users,
    projects: createProjectStore(database),
    scans: createScanStore(database),
    accounts: createAccountStore(database, users),
    ping: () => {
      database.first("SELECT count(*) FROM projects");
    },
    close: () => {
      database.close();
      unlock();
    },
  };
}

/**
 * Keeps a second service out: it would take this one's running scans for dead. SQLite's own file lock is used, which
 * the operating system takes back when the process dies, however it dies.
 */
function lock(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const held = new Database(join(dataDir, "lock.sqlite"));
  try {
    held.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    held.close();
    const isBusy = (error as { code?: unknown }).code === "SQLITE_BUSY";
    const reason = isBusy ? "Another crashtest-local uses it. Stop it" : `${String(error)}. Mend lock.sqlite in it`;
    throw new Error(`The data folder ${dataDir} cannot be used: ${reason}, or choose another folder with --data.`, {
      cause: error,
    });
  }
  return () => {
    held.exec("ROLLBACK");
    held.close();
  };
}
