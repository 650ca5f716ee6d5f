import type { Http } from "./http";
import { dataOf, idOf, type CreateProjectWire, type VerificationWire } from "./wire";

/** What a project is created from. */
export interface NewProject {
  /** The team's ID, digits only. */
  teamId: string;
  name: string;
  /** The address to scan. */
  url: string;
  /** The kind of target. ASSUMED: `webapp`. */
  type: string;
}

/** A project that the service has created. */
export interface CreatedProject {
  projectId: string;
  /** How to prove that the target is yours; undefined where the service does not say. */
  verification: { fileName?: string; fileContent?: string; txtRecord?: string } | undefined;
}

/** The operations on projects. */
export class Projects {
  constructor(private readonly http: Http) {}

  /**
   * Creates a project. Never repeated where the request may have arrived.
   *
   * @throws ApiError, TransportError (`OUTCOME_UNKNOWN` where the project may exist), UnexpectedAnswerError
   */
  async createProject(project: NewProject): Promise<CreatedProject> {
    const answer = await this.http.exchange({
      operation: "createProject",
      parameters: {},
      purpose: `create project "${project.name}" in team ${project.teamId}`,
      body: toWire(project),
      unknownOutcomeRemedy:
        `Look on the service's pages for a project "${project.name}" in team ${project.teamId}: if it is there, take it over ` +
        "with adoptProjectId (the number at the end of its address) or delete it there; if not, run again.",
    });
    if (!answer.ok) throw answer.failure();
    return { projectId: idOf(answer, "id"), verification: verificationOf(dataOf(answer)["verification"]) };
  }

  /**
   * Deletes a project; a scan that runs is stopped by the service.
   *
   * @returns `notFound` where the service itself says that there is none
   */
  async deleteProject(projectId: string): Promise<"deleted" | "notFound"> {
    const purpose = `delete project ${projectId}`;
    const answer = await this.http.exchange({ operation: "deleteProject", parameters: { projectId }, purpose });
    if (answer.ok) return "deleted";
    if (answer.status === 404 && answer.error !== undefined) return "notFound";
    throw answer.failure();
  }
}

const toWire = ({ teamId, name, url, type }: NewProject): CreateProjectWire => ({
  team_id: Number(teamId),
  name,
  url,
  type,
});

function verificationOf(value: unknown): CreatedProject["verification"] {
  if (typeof value !== "object" || value === null) return undefined;
  const wire: VerificationWire = value;
  return {
    ...(typeof wire.file_name === "string" && { fileName: wire.file_name }),
    ...(typeof wire.file_content === "string" && { fileContent: wire.file_content }),
    ...(typeof wire.dns_txt === "string" && { txtRecord: wire.dns_txt }),
  };
}
