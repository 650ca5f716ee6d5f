import type { components } from "../../contract/wire.generated";
import type { CreatedProject, NewProject, OwnerOption } from "../service";
import { dataOf, idOf, notConfirmed, outcomeOf } from "./answers";
import type { Api } from "./api";
import { readVerification } from "./verification";

const CREATED = 201;

/** The operations on projects. */
export class Projects {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Creates a project. Never retried where the request may have arrived.
   *
   * @throws ApiError, TransportError (`OUTCOME_UNKNOWN` where the project may exist), UnexpectedAnswerError
   */
  async createProject(project: NewProject): Promise<CreatedProject> {
    const answer = await this.#api.exchange({
      operation: "createProject",
      parameters: {},
      purpose: `create project "${project.name}" in team ${project.teamId}`,
      body: toWire(project),
      unknownOutcomeRemedy:
        `Look on the service's pages for a project "${project.name}" in team ${project.teamId}: if it is there, take it over ` +
        "with adoptProjectId (the number at the end of its address) or delete it there; if not, run again.",
    });
    if (!answer.ok) throw answer.failure();
    const { projectCreated } = this.#api.options.slugs;
    // If the project existed before, deleting it later would delete somebody else's.
    if (answer.status !== CREATED && answer.slug !== projectCreated) {
      throw notConfirmed(answer, [`${CREATED}`, `200 ${projectCreated}`]);
    }
    const projectId = idOf(answer, "id");
    const { verification, problems } = readVerification(dataOf(answer)["verification"]);
    return { projectId, verification, verificationProblems: problems, service: answer.service };
  }

  /**
   * Deletes a project; the service stops its running scan.
   *
   * @param owner the service that issued the ID; nothing is sent to another one. @default not checked
   * @returns `notFound` where the service itself says so
   * @throws CrashtestError `OTHER_SERVICE`; UnexpectedAnswerError for any other answer that does not confirm the deletion by
   * the service's own slug
   */
  async deleteProject(projectId: string, { owner }: OwnerOption = {}): Promise<"deleted" | "notFound"> {
    const purpose = `delete project ${projectId}`;
    const answer = await this.#api.exchange({ operation: "deleteProject", parameters: { projectId }, purpose, owner });
    const { projectDeleted, projectNotFound } = this.#api.options.slugs;
    return outcomeOf<"deleted" | "notFound">(answer, [
      { status: 200, slug: projectDeleted, outcome: "deleted" },
      { status: 404, slug: projectNotFound, outcome: "notFound" },
    ]);
  }
}

/** ASSUMED: the names of the fields, and `webapp` as a type. */
const toWire = ({ teamId, name, url, type }: NewProject): components["schemas"]["CreateProjectRequest"] => ({
  team_id: Number(teamId),
  name,
  url,
  type,
});
