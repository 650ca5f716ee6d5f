import type { ServiceIdentity } from "../service-identity";
import type { OwnerOption } from "./call-options";
import type { Http } from "./http";
import type { ResolvedOptions } from "./options";
import { notDone, outcomeOf } from "./outcome";
import { readVerification, type ReadVerification } from "./verification";
import { dataOf, idOf, type CreateProjectWire } from "./wire";

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
  verification: ReadVerification["verification"];
  /** Why parts of `verification` are left out that the service did send: they cannot be used. */
  verificationProblems: readonly string[];
  /** Whose number `projectId` is. */
  service: ServiceIdentity;
}

/** The operations on projects. */
export class Projects {
  constructor(
    private readonly http: Http,
    private readonly options: Pick<ResolvedOptions, "slugs">,
  ) {}

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
    const { projectCreated } = this.options.slugs;
    /** Of a project that was there before, a `destroy` would delete what this stack did not make. */
    if (answer.status !== CREATED && answer.slug !== projectCreated) {
      throw notDone(answer, [`${CREATED}`, `200 ${projectCreated}`]);
    }
    const projectId = idOf(answer, "id");
    const { verification, problems } = readVerification(dataOf(answer)["verification"]);
    return { projectId, verification, verificationProblems: problems, service: answer.service };
  }

  /**
   * Deletes a project; a scan that runs is stopped by the service.
   *
   * @param owner the service that the ID was given out by; nothing is done at another one. @default not checked
   * @returns `notFound` where the service itself says that there is none
   * @throws CrashtestError `OTHER_SERVICE`; UnexpectedAnswerError for any other answer that does not say in the service's own
   * word that it is deleted
   */
  async deleteProject(projectId: string, { owner }: OwnerOption = {}): Promise<"deleted" | "notFound"> {
    const purpose = `delete project ${projectId}`;
    const answer = await this.http.exchange({ operation: "deleteProject", parameters: { projectId }, purpose, owner });
    const { projectDeleted, projectNotFound } = this.options.slugs;
    return outcomeOf<"deleted" | "notFound">(answer, [
      { status: 200, slug: projectDeleted, outcome: "deleted" },
      { status: 404, slug: projectNotFound, outcome: "notFound" },
    ]);
  }
}

const CREATED = 201;

const toWire = ({ teamId, name, url, type }: NewProject): CreateProjectWire => ({
  team_id: Number(teamId),
  name,
  url,
  type,
});
