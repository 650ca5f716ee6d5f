import { randomUUID } from "node:crypto";
import { createProofSeed } from "../consent/proof";
import type { Database } from "./database";

export interface Project {
  id: number;
  teamId: number;
  name: string;
  url: string;
  type: string;
  /** The secret UUID that identifies the project in the webhook transport. */
  webhook: string;
  /** The seed of the project's proof of ownership. */
  proofSeed: string;
  createdAtMs: number;
}

export type NewProject = Omit<Project, "id" | "webhook" | "proofSeed">;

/** The projects. IDs are never reused, even after a delete. */
export interface ProjectStore {
  create(project: NewProject): Project;
  find(projectId: number): Project | undefined;
  findByWebhook(webhook: string): Project | undefined;
  list(): Project[];
  /** The projects of the user's teams. */
  listOfUser(userId: number): Project[];
  /** Deletes the project with its scans; returns false if there is none. */
  delete(projectId: number): boolean;
}

const COLUMNS =
  "id, team_id AS teamId, name, url, type, webhook, proof_hash AS proofSeed, created_at_ms AS createdAtMs";

export function createProjectStore(database: Database): ProjectStore {
  return {
    create: (project) => {
      const webhook = randomUUID();
      const proofSeed = createProofSeed();
      const { lastId } = database.write(
        "INSERT INTO projects (team_id, name, url, type, webhook, proof_hash, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
        project.teamId,
        project.name,
        project.url,
        project.type,
        webhook,
        proofSeed,
        project.createdAtMs,
      );
      return { ...project, id: lastId, webhook, proofSeed };
    },
    find: (projectId) =>
      database.first(`SELECT ${COLUMNS} FROM projects WHERE id = ?`, projectId) as Project | undefined,
    findByWebhook: (webhook) =>
      database.first(`SELECT ${COLUMNS} FROM projects WHERE webhook = ?`, webhook.toLowerCase()) as Project | undefined,
    list: () => database.rows(`SELECT ${COLUMNS} FROM projects ORDER BY id`) as Project[],
    listOfUser: (userId) => {
      const sql = `SELECT ${COLUMNS} FROM projects WHERE team_id IN (SELECT team_id FROM memberships WHERE user_id = ?) ORDER BY id`;
      return database.rows(sql, userId) as Project[];
    },
    delete: (projectId) => database.write("DELETE FROM projects WHERE id = ?", projectId).changes > 0,
  };
}
