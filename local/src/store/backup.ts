import { closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs";
import { Database } from "./database";
import { explained } from "./explain-error";
import { databasePath } from "./open-store";

/** @throws Error that names the file if it is not a database. */
function requireReadable(database: Database, path: string): void {
  try {
    database.first("PRAGMA schema_version");
  } catch (error) {
    throw explained(path, error);
  }
}

/**
 * Writes a complete copy of the database in `dataDir` to a new file, even while a service uses it. To restore it, put it
 * into an empty folder as `crashtest-local.sqlite`.
 * @throws Error if there is no database, or the file already exists.
 */
export function backUp(dataDir: string, file: string): void {
  const path = databasePath(dataDir);
  if (!existsSync(path)) throw new Error(`There is no database in ${dataDir} to back up.`);
  if (existsSync(file)) throw new Error(`${file} already exists: name a new file for the backup.`);
  // Under another name until it is complete, and readable by nobody else from the start: the webhooks in it are secrets.
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  closeSync(openSync(partial, "wx", 0o600));
  const database = new Database(path);
  try {
    requireReadable(database, path);
    database.write("VACUUM INTO ?", partial);
    renameSync(partial, file);
  } finally {
    database.close();
    rmSync(partial, { force: true });
  }
}
