import { existsSync } from "node:fs";
import { Database } from "./database";
import { databasePath } from "./open-store";
import { createProjectStore } from "./projects";
import { migrate } from "./schema";

/**
 * Lines with the projects of a data folder and their webhooks, also while a service uses the folder. `port` is the one
 * of the service, for the URLs.
 * @throws Error where there is no database in the folder.
 */
export function listProjects(dataDir: string, port: number): string[] {
  const path = databasePath(dataDir);
  if (!existsSync(path))
    throw new Error(`There is no database in ${dataDir}. Start the service with --data ${dataDir} first.`);
  const database = new Database(path);
  try {
    migrate(database);
    const projects = createProjectStore(database).list();
    if (projects.length === 0) return ["There are no projects."];
    return projects.map(({ id, teamId, name, url, webhook }) => {
      return `project ${id}  team ${teamId}  ${name}  ${url}\n  webhook: http://127.0.0.1:${port}/webhook/${webhook}`;
    });
  } finally {
    database.close();
  }
}
