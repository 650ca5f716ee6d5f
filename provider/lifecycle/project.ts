import { CrashtestError } from "../../errors/errors";
import { hasEngineColor } from "../../errors/plain-text";
import { parseId } from "../../service/scan-reference";
import { InputReader, parseTargetUrl, parseText } from "./inputs";
import {
  type CheckFailure,
  type Difference,
  type Lifecycle,
  type LifecycleContext,
  UNKNOWN,
  type Values,
} from "./lifecycle";
import type { ServiceIdentity, Verification } from "../../service/service";

/** The checked inputs of a project. */
export interface ProjectInputs {
  teamId: string;
  url: string;
  name: string;
  type: string;
  adoptProjectId?: string;
}

/** How to prove the ownership of the target, by the outputs' names. Not secret: the one that is used is published. */
export interface ProofState {
  verificationFileName?: string;
  verificationFileContent?: string;
  verificationTxtRecord?: string;
}

/**
 * What is known of a project; of one that was looked up by its ID, only the ID. The proof is what the service sent when it
 * created the project: there is none of an adopted one, nor in states of releases without these outputs.
 */
export interface ProjectState extends Partial<Omit<ProjectInputs, "adoptProjectId">>, ProofState {
  projectId: string;
  /** The service that issued the ID; absent in states of releases that did not record it, until an update. */
  service?: ServiceIdentity;
}

/** The API has no update, so a change of any of these requires a new project. */
const REPLACING = ["teamId", "url", "name", "type"] as const;

const LONGEST_NAME = 255;
const LONGEST_TYPE = 64;
/** ASSUMED: the name of the type of a web application. */
const DEFAULT_TYPE = "webapp";

/** Creates and deletes projects; the API has no other operations on them. */
export const projectLifecycle: Lifecycle<ProjectInputs, ProjectState> = {
  check,
  diff,
  create,
  update(context, id, olds) {
    context.service.requireSame(olds.service, `project ${id}`);
    return Promise.resolve({ ...olds, service: olds.service ?? context.service.identity() });
  },
  /** Keeps the state, since the API cannot read projects; so a refresh does not notice one that was deleted elsewhere. */
  read(context, id, state) {
    const projectId = requireProjectId(id);
    context.service.requireSame(state.service, `project ${id}`);
    return { id, state: { ...state, projectId } };
  },
  async delete(context, id, { service }) {
    await context.service.deleteProject(id, { owner: service });
  },
};

/** `Project.get` accepts any ID. */
function requireProjectId(id: string): string {
  try {
    return parseId(id);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CrashtestError({ code: "ARGUMENT_INVALID", problem: `The ID of a project ${why}` });
  }
}

function check(context: LifecycleContext, olds: Values, news: Values): { inputs: Values; failures: CheckFailure[] } {
  const reader = new InputReader(news);
  reader.require("teamId", parseId, "must be set, here or as crashtest:teamId (CRASHTEST_TEAM_ID)");
  reader.require("url", parseTargetUrl, "must be set: the address to scan");
  reader.require("name", parseText(LONGEST_NAME), "must be set");
  reader.take("type", parseText(LONGEST_TYPE), DEFAULT_TYPE);
  reader.take("adoptProjectId", parseId);
  const adopted = olds["adoptProjectId"];
  if (typeof adopted === "string" && namesAnother(adopted, reader.inputs)) {
    reader.fail("adoptProjectId", otherProjectReason(adopted, reader.inputs));
  }
  for (const property of changedWhileAdopting(olds, reader.inputs)) {
    reader.fail(property, adoptedReason(String(reader.inputs["adoptProjectId"])));
  }
  for (const problem of context.service.configurationProblems("project")) reader.fail("", problem);
  return { inputs: reader.inputs, failures: reader.failures };
}

const adoptedReason = (id: string): string =>
  `cannot change while adoptProjectId names project ${id}, which is already in this stack: remove adoptProjectId first`;

/** Whether adoptProjectId names a project other than this resource's. An unknown value may be the same one. */
const namesAnother = (id: string, { adoptProjectId: named }: Values): boolean =>
  named !== undefined && named !== UNKNOWN && named !== id;

/** A replacement would delete the current project. */
const otherProjectReason = (id: string, { adoptProjectId: named }: Values): string =>
  `cannot be ${String(named)}: this resource is project ${id}, which would be deleted with all its scans. Set it to ${id}, or ` +
  `leave it out. To take project ${String(named)} into the stack, declare another Project for it; to release project ${id} ` +
  "but keep it at the service, run `pulumi up` with retainOnDelete: true on this one, and then remove it";

/** Returns the changed inputs of an adopted project that adoptProjectId still names. */
function changedWhileAdopting(olds: Values, inputs: Values): string[] {
  const adopted = olds["adoptProjectId"];
  if (adopted === undefined || adopted !== inputs["adoptProjectId"]) return [];
  return changedInputs(olds, inputs).filter((name) => name in inputs && inputs[name] !== UNKNOWN);
}

/** Returns the changed inputs. One that is not in the state, as in those of earlier releases, does not count as changed. */
function changedInputs(olds: Values, news: Values): string[] {
  return REPLACING.filter((name) => olds[name] !== undefined && news[name] !== olds[name]);
}

function diff(context: LifecycleContext, id: string, olds: ProjectState, news: Values): Promise<Difference> {
  context.service.requireSame(olds.service, `project ${id}`);
  const changed = changedInputs({ ...olds }, news);
  if (news["adoptProjectId"] === id) return Promise.resolve(keepAdopted(id, news, changed));
  if (namesAnother(id, news)) {
    throw new CrashtestError({ code: "ARGUMENT_INVALID", problem: `adoptProjectId ${otherProjectReason(id, news)}` });
  }
  return Promise.resolve({ changes: changed.length > 0, replaces: changed });
}

/** A project that is named by its ID is never replaced: an unknown value turns out the same, or fails in the deployment. */
function keepAdopted(id: string, news: Values, changed: string[]): Difference {
  const known = changed.filter((name) => news[name] !== UNKNOWN);
  if (known.length === 0) return { changes: false, replaces: [] };
  throw new CrashtestError({ code: "ARGUMENT_INVALID", problem: `${known.join(", ")} ${adoptedReason(id)}` });
}

async function create(context: LifecycleContext, inputs: ProjectInputs): Promise<{ id: string; state: ProjectState }> {
  const { adoptProjectId, ...project } = inputs;
  if (adoptProjectId !== undefined) {
    const service = context.service.identity();
    return { id: adoptProjectId, state: { ...project, projectId: adoptProjectId, service } };
  }
  const { projectId, service, verification, verificationProblems } = await context.service.createProject(project);
  const { proof, problems } = printableProof(verification);
  const allProblems = [...verificationProblems, ...problems];
  // The project exists, so an invalid proof is no failure.
  if (allProblems.length > 0) {
    context.warn(
      `Project ${projectId} was created, but parts of its proof of ownership are invalid (${allProblems.join("; ")}), so their ` +
        "outputs are undefined. Look for the proof on the service's own pages.",
    );
  }
  return { id: projectId, state: { ...project, projectId, service, ...proof } };
}

/** Returns the outputs of a proof. One that the engine would take for a colour is left out: it would end in a panic. */
function printableProof({ fileName, fileContent, txtRecord }: Verification = {}) {
  const proof: ProofState = {};
  const problems: string[] = [];
  const parts = [
    ["verificationFileName", fileName],
    ["verificationFileContent", fileContent],
    ["verificationTxtRecord", txtRecord],
  ] as const;
  for (const [output, text] of parts) {
    // The engine does not accept undefined values.
    if (text === undefined) continue;
    if (hasEngineColor(text)) problems.push(`${output} contains <{%, which Pulumi takes for a colour`);
    else proof[output] = text;
  }
  return { proof, problems };
}
