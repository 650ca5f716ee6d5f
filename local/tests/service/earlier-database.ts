import { Database } from "../../src/store/database";
import { databasePath } from "../../src/store/open-store";

/** One project with three scans, the last of them running. */
const VERSION_1 = `
  CREATE TABLE teams (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);
  CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
  CREATE TABLE api_keys (sha256 TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);
  CREATE TABLE memberships (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, team_id)
  );
  CREATE TABLE projects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    name TEXT NOT NULL, url TEXT NOT NULL, type TEXT NOT NULL, webhook TEXT NOT NULL UNIQUE,
    created_at_ms INTEGER NOT NULL
  );
  CREATE TABLE scans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'stopped', 'failed')),
    started_at_ms INTEGER NOT NULL, ended_at_ms INTEGER, progress TEXT NOT NULL DEFAULT '', outcome TEXT
  );
  CREATE UNIQUE INDEX one_running_scan_per_project ON scans (project_id) WHERE state IN ('queued', 'running');
  CREATE INDEX scans_by_project ON scans (project_id);
  INSERT INTO teams (id, name) VALUES (42, 'Shop');
  INSERT INTO users (id, name) VALUES (1, 'anna');
  INSERT INTO memberships (user_id, team_id) VALUES (1, 42);
  INSERT INTO projects (id, team_id, name, url, type, webhook, created_at_ms)
    VALUES (7, 42, 'shop', 'https://shop.example.com/', 'webapp', '11111111-1111-4111-8111-111111111111', 1000);
  INSERT INTO scans (id, project_id, state, started_at_ms, ended_at_ms, outcome) VALUES
    (3, 7, 'finished', 2000, 3000, '{"state":"finished","findings":{},"descriptions":[],"errors":[]}'),
    (5, 7, 'finished', 4000, 5000, '{"state":"finished","findings":{},"descriptions":[],"errors":[]}'),
    (6, 7, 'running', 6000, NULL, NULL);
`;
const STEPS = [
  VERSION_1,
  `
  ALTER TABLE projects ADD COLUMN proof_hash TEXT NOT NULL DEFAULT '';
  UPDATE projects SET proof_hash = 'seed';
  ALTER TABLE scans ADD COLUMN progress_fraction REAL;
  `,
  `
  CREATE TABLE service (instance TEXT NOT NULL);
  INSERT INTO service (instance) VALUES ('0123456789ab');
  `,
];

/** Writes what an earlier release had into a new database: its schema has this version. */
export function fillAsVersion(database: Database, version: number): void {
  for (const step of STEPS.slice(0, version)) database.exec(step);
  database.exec(`PRAGMA user_version = ${version}`);
}

/** Writes the database of an earlier release into the folder. */
export function writeEarlierDatabase(dataDir: string, version: number): void {
  const database = new Database(databasePath(dataDir));
  fillAsVersion(database, version);
  database.close();
}
