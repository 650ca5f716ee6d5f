import type { Database } from "./database";

/** The migrations from an empty database to the newest schema, in order. A published migration never changes. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE teams (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);
  CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
  CREATE TABLE api_keys (
    sha256 TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE
  );
  CREATE TABLE memberships (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, team_id)
  );
  CREATE TABLE projects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    type TEXT NOT NULL,
    webhook TEXT NOT NULL UNIQUE,
    created_at_ms INTEGER NOT NULL
  );
  CREATE TABLE scans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'stopped', 'failed')),
    started_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    progress TEXT NOT NULL DEFAULT '',
    outcome TEXT
  );
  CREATE UNIQUE INDEX one_running_scan_per_project ON scans (project_id) WHERE state IN ('queued', 'running');
  CREATE INDEX scans_by_project ON scans (project_id);
  `,
  `
  ALTER TABLE projects ADD COLUMN proof_hash TEXT NOT NULL DEFAULT '';
  UPDATE projects SET proof_hash = lower(hex(randomblob(16)));
  ALTER TABLE scans ADD COLUMN progress_fraction REAL;
  `,
  `
  CREATE TABLE service (instance TEXT NOT NULL);
  INSERT INTO service (instance) VALUES (lower(hex(randomblob(6))));
  `,
  `
  CREATE TABLE signing_keys (
    id TEXT PRIMARY KEY,
    secret TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE
  );
  ALTER TABLE projects ADD COLUMN target_id TEXT NOT NULL DEFAULT '';
  ALTER TABLE projects ADD COLUMN profile_id TEXT NOT NULL DEFAULT '';
  ALTER TABLE projects ADD COLUMN scan_type TEXT NOT NULL DEFAULT 'quick';
  ALTER TABLE projects ADD COLUMN description TEXT;
  ALTER TABLE projects ADD COLUMN api_specification TEXT;
  ALTER TABLE projects ADD COLUMN is_for_leads_only INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE projects ADD COLUMN updated_at_ms INTEGER NOT NULL DEFAULT 0;
  UPDATE projects SET
    target_id = lower(hex(randomblob(16))), profile_id = lower(hex(randomblob(16))), updated_at_ms = created_at_ms;
  CREATE UNIQUE INDEX projects_by_target ON projects (target_id);
  CREATE UNIQUE INDEX projects_by_profile ON projects (profile_id);
  ALTER TABLE scans ADD COLUMN run_id TEXT NOT NULL DEFAULT '';
  ALTER TABLE scans ADD COLUMN number INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE scans ADD COLUMN started_by TEXT;
  UPDATE scans SET run_id = lower(
    hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' ||
    substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))
  );
  UPDATE scans SET number = (
    SELECT count(*) FROM scans AS earlier WHERE earlier.project_id = scans.project_id AND earlier.id <= scans.id
  );
  CREATE UNIQUE INDEX scans_by_run ON scans (run_id);
  `,
  `
  ALTER TABLE scans ADD COLUMN has_login INTEGER NOT NULL DEFAULT 0;
  `,
];

const versionOf = (database: Database): number =>
  (database.first("PRAGMA user_version") as { user_version: number } | undefined)?.user_version ?? 0;

/**
 * Writes without changing anything: being able to read the database does not show that its disk has space.
 * @throws Error if nothing can be written.
 */
export function tryWriting(database: Database): void {
  database.exec(`PRAGMA user_version = ${versionOf(database)}`);
}

/** @throws Error if the schema is not the newest, to which only a start of the service migrates. */
export function requireNewest(database: Database): void {
  if (versionOf(database) === MIGRATIONS.length) return;
  throw new Error(
    `The database has version ${versionOf(database)}, this crashtest-local reads version ${MIGRATIONS.length}. ` +
      "If it is older, start this crashtest-local once on the folder; if it is newer, use the newer one.",
  );
}

/**
 * Migrates the database to the newest schema. Returns whether it is new.
 * @throws Error if a newer version of the service wrote it.
 */
export function migrate(database: Database): boolean {
  database.exec("PRAGMA foreign_keys = ON");
  const version = versionOf(database);
  if (version > MIGRATIONS.length) {
    throw new Error(
      `The database has version ${version}, this crashtest-local knows versions up to ${MIGRATIONS.length}. ` +
        "Use the newer crashtest-local, or another data folder.",
    );
  }
  for (const [index, statements] of [...MIGRATIONS.entries()].slice(version)) {
    database.transaction(() => {
      database.exec(statements);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
  return version === 0;
}
