import { CrashtestError } from "../../errors/errors";
import { isRecord } from "../client/json";
import { ApiError, unexpectedAnswer, UnexpectedAnswerError } from "../http/errors";
import type { CreatedProject, NewProject, OwnerOption, ProjectSnapshot } from "../service";
import { jsonOf, type Answer, type Api, type ApiRequest } from "./api";
import { listAll } from "./pages";
import { readTarget, toTargetRequest, toTargetUpdate, type Target } from "./target";

const NAME_TAKEN = "TARGET_NAME_NOT_UNIQUE";

/** The operations on targets. */
export class Targets {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * Creates a target. Never retried where the request may have arrived: if its answer is lost, the target is looked up by its
   * name, and taken over only if it carries the mark of this attempt.
   *
   * @throws ApiError; TransportError `OUTCOME_UNKNOWN` where nothing of the name is there, but may still come; CrashtestError
   * `CONFLICT` where another target has the name
   */
  async createTarget(project: NewProject): Promise<CreatedProject> {
    const mark = this.#api.options.createMark();
    const result = await this.#requestTarget(project, mark);
    if (!(result instanceof Error)) return this.#created(result);
    const found = await this.#lookUp(project.name, result);
    const own = found.find((target) => target.mark === mark);
    if (own !== undefined) return this.#created(own);
    throw this.#nameTaken(`create target "${project.name}"`, found, result);
  }

  /** Returns what a target is now. */
  async readTarget(targetId: string, { owner }: OwnerOption = {}): Promise<ProjectSnapshot | "notFound"> {
    const purpose = `read target ${targetId}`;
    const answer = await this.#api.exchange({ operation: "getTarget", parameters: { targetId }, purpose, owner });
    if (answer.ok) return targetIn(answer).snapshot;
    if (answer.status === 404 && answer.problem !== undefined) return "notFound";
    throw answer.failure();
  }

  /** Changes a target: what is absent stays as it is. */
  async updateTarget(
    targetId: string,
    changes: Partial<NewProject>,
    { owner }: OwnerOption = {},
  ): Promise<ProjectSnapshot | "notFound"> {
    const purpose = `update target ${targetId}`;
    const body = toTargetUpdate(changes);
    const request = { operation: "updateTarget", parameters: { targetId }, purpose, body, owner } satisfies ApiRequest;
    const answer = await this.#api.exchange(request);
    if (answer.ok) return targetIn(answer).snapshot;
    if (answer.status === 404 && (await this.isGone(targetId))) return "notFound";
    const failure = answer.failure();
    if (changes.name !== undefined && isNameTaken(answer)) {
      throw this.#nameTaken(purpose, await this.#lookUp(changes.name, failure), failure);
    }
    throw failure;
  }

  /** Deletes a target with its runs. A 404 counts as gone only if a read of the target confirms it. */
  async deleteTarget(targetId: string, { owner }: OwnerOption = {}): Promise<"deleted" | "notFound"> {
    const purpose = `delete target ${targetId}`;
    const answer = await this.#api.exchange({ operation: "deleteTarget", parameters: { targetId }, purpose, owner });
    if (answer.ok) {
      if (answer.status === 204) return "deleted";
      throw unexpectedAnswer(answer.attempt, `${answer.status} instead of 204`);
    }
    if (answer.status !== 404) throw answer.failure();
    if (await this.isGone(targetId)) return "notFound";
    throw unexpectedAnswer(answer.attempt, "404, although the target is still there");
  }

  /** Whether the service itself says that there is no such target. @throws the error of any other refusal */
  async isGone(targetId: string): Promise<boolean> {
    return (await this.readTarget(targetId)) === "notFound";
  }

  /** Returns the created target, or an error in spite of which one of its name may be there. */
  async #requestTarget(project: NewProject, mark: string): Promise<Target | Error> {
    const { name } = project;
    try {
      const answer = await this.#api.exchange({
        operation: "createTarget",
        parameters: {},
        purpose: `create target "${name}"`,
        body: toTargetRequest(project, mark),
        unknownOutcomeRemedy:
          `Look on the service's pages for a target "${name}": if it is there, take it over with adoptProjectId or delete it ` +
          "there; if not, run again.",
      });
      if (answer.ok) return targetIn(answer);
      if (isNameTaken(answer)) return answer.failure();
      throw answer.failure();
    } catch (error) {
      if (mayHaveBeenDone(error)) return error;
      throw error;
    }
  }

  #created({ targetId, snapshot }: Target): CreatedProject {
    const { identity } = this.#api.service;
    return { projectId: targetId, service: identity, verification: undefined, verificationProblems: [], snapshot };
  }

  /** Returns the targets of exactly this name. @throws `reason` where they cannot be looked up */
  async #lookUp(name: string, reason: Error): Promise<Target[]> {
    const purpose = `look up target "${name}"`;
    try {
      const all = await listAll(this.#api, { operation: "listTargets", parameters: {}, query: { name }, purpose });
      return all.flatMap((value) => readTarget(value) ?? []).filter((target) => target.name === name);
    } catch (error) {
      throw error instanceof CrashtestError ? reason : error;
    }
  }

  /** Returns the error for a taken name; `cause` itself where no target has it. */
  #nameTaken(purpose: string, found: readonly Target[], cause: Error): Error {
    const [first] = found;
    if (first === undefined) return cause;
    const named = found.map(({ targetId, snapshot }) => `${targetId} (${snapshot.url ?? "no address"})`).join(", ");
    return new CrashtestError({
      code: "CONFLICT",
      problem: `Could not ${purpose}: the organisation already has a target of this name, ${named}`,
      remedy: `Choose another name; or, if it is the one that you mean, ${this.#api.options.remedies.adopt(first.targetId)}.`,
      cause,
    });
  }
}

const isNameTaken = (answer: Answer): boolean => !answer.ok && answer.problem?.codes.includes(NAME_TAKEN) === true;

/** Whether a POST may have been carried out in spite of an error. */
export const mayHaveBeenDone = (error: unknown): error is CrashtestError =>
  error instanceof UnexpectedAnswerError ||
  (error instanceof ApiError && error.status >= 500) ||
  (error instanceof CrashtestError && error.code === "OUTCOME_UNKNOWN");

function targetIn(answer: Extract<Answer, { ok: true }>): Target {
  const body = jsonOf(answer);
  const target = isRecord(body) ? readTarget(body) : undefined;
  if (target !== undefined) return target;
  throw unexpectedAnswer(answer.attempt, "JSON without a target's ID, name and address");
}
