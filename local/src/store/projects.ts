import { randomBytes, randomUUID } from "node:crypto";
import { createProofSeed } from "../consent/proof";
import type { Database } from "./database";

export type ScanType = "quick" | "enterprise";

/** What a user chooses about a project. */
export interface ProjectSettings {
  teamId: number;
  name: string;
  url: string;
  type: string;
  /** Only the Veracode API knows this and all that follows. */
  scanType: ScanType;
  description: string | undefined;
  /** The address of the specification of an API. */
  apiSpecification: string | undefined;
  /** Whether only security leads see it; here, each member of the team is one. */
  isForLeadsOnly: boolean;
}

export interface Project extends ProjectSettings {
  id: number;
  /** Its ID in the Veracode API: 32 hexadecimal digits. */
  targetId: string;
  /** The ID of its analysis profile: 32 hexadecimal digits. */
  profileId: string;
  /** The secret UUID that identifies the project in the webhook transport. */
  webhook: string;
  /** The seed of the project's proof of ownership. */
  proofSeed: string;
  createdAtMs: number;
  updatedAtMs: number;
}

type RequiredSettings = "teamId" | "name" | "url" | "type";
export type NewProject = Pick<ProjectSettings, RequiredSettings> &
  Partial<Omit<ProjectSettings, RequiredSettings>> & { createdAtMs: number };

/** The projects. IDs are never reused, even after a delete. */
export interface ProjectStore {
  create(project: NewProject): Project;
  find(projectId: number): Project | undefined;
  findByTarget(targetId: string): Project | undefined;
  findByProfile(profileId: string): Project | undefined;
  findByWebhook(webhook: string): Project | undefined;
  findByName(name: string): Project | undefined;
  list(): Project[];
  /** The projects of the user's teams, in the order of their creation. */
  listOfUser(userId: number): Project[];
  /** Replaces the settings; returns the changed project. */
  update(project: Project, settings: ProjectSettings, updatedAtMs: number): Project;
  /** Deletes the project with its scans; returns false if there is none. */
  delete(projectId: number): boolean;
}

interface ProjectRow extends Omit<Project, "description" | "apiSpecification" | "isForLeadsOnly"> {
  description: string | null;
  apiSpecification: string | null;
  isForLeadsOnly: number;
}

const COLUMNS =
  "id, team_id AS teamId, name, url, type, webhook, proof_hash AS proofSeed, created_at_ms AS createdAtMs, " +
  "target_id AS targetId, profile_id AS profileId, scan_type AS scanType, description, " +
  "api_specification AS apiSpecification, is_for_leads_only AS isForLeadsOnly, updated_at_ms AS updatedAtMs";

function toProject(row: ProjectRow): Project {
  return {
    ...row,
    description: row.description ?? undefined,
    apiSpecification: row.apiSpecification ?? undefined,
    isForLeadsOnly: row.isForLeadsOnly !== 0,
  };
}

const createHexId = (): string => randomBytes(16).toString("hex");

export function createProjectStore(database: Database): ProjectStore {
  const first = (where: string, ...values: (string | number)[]): Project | undefined => {
    const row = database.first(`SELECT ${COLUMNS} FROM projects WHERE ${where}`, ...values) as ProjectRow | undefined;
    return row === undefined ? undefined : toProject(row);
  };
  const rows = (rest: string, ...values: number[]): Project[] =>
    (database.rows(`SELECT ${COLUMNS} FROM projects ${rest}`, ...values) as ProjectRow[]).map(toProject);
  return {
    create: (project) => insert(database, project),
    find: (projectId) => first("id = ?", projectId),
    findByTarget: (targetId) => first("target_id = ?", targetId),
    findByProfile: (profileId) => first("profile_id = ?", profileId.toLowerCase()),
    findByWebhook: (webhook) => first("webhook = ?", webhook.toLowerCase()),
    findByName: (name) => first("name = ?", name),
    list: () => rows("ORDER BY id"),
    listOfUser: (userId) =>
      rows("WHERE team_id IN (SELECT team_id FROM memberships WHERE user_id = ?) ORDER BY id", userId),
    update: (project, settings, updatedAtMs) => {
      const { teamId, name, url, description, apiSpecification } = settings;
      database.write(
        "UPDATE projects SET team_id = ?, name = ?, url = ?, description = ?, api_specification = ?, updated_at_ms = ? WHERE id = ?",
        ...[teamId, name, url, description ?? null, apiSpecification ?? null, updatedAtMs, project.id],
      );
      return { ...project, teamId, name, url, description, apiSpecification, updatedAtMs };
    },
    delete: (projectId) => database.write("DELETE FROM projects WHERE id = ?", projectId).changes > 0,
  };
}

function insert(database: Database, given: NewProject): Project {
  const project = {
    ...{ scanType: "quick" as const, isForLeadsOnly: false, ...given },
    ...{ description: given.description, apiSpecification: given.apiSpecification },
    ...{ targetId: createHexId(), profileId: createHexId(), webhook: randomUUID(), proofSeed: createProofSeed() },
    updatedAtMs: given.createdAtMs,
  };
  const columns = {
    team_id: project.teamId,
    name: project.name,
    url: project.url,
    type: project.type,
    webhook: project.webhook,
    proof_hash: project.proofSeed,
    created_at_ms: project.createdAtMs,
    target_id: project.targetId,
    profile_id: project.profileId,
    scan_type: project.scanType,
    description: project.description ?? null,
    api_specification: project.apiSpecification ?? null,
    is_for_leads_only: Number(project.isForLeadsOnly),
    updated_at_ms: project.updatedAtMs,
  };
  const names = Object.keys(columns);
  const sql = `INSERT INTO projects (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
  return { ...project, id: database.write(sql, ...Object.values(columns)).lastId };
}
