import { CrashtestError } from "../errors";
import type { ServiceIdentity } from "../service-identity";
import { InputReader, parseId, parseTargetUrl, parseText } from "./inputs";
import type { CheckFailure, Difference, Lifecycle, LifecycleContext, Values } from "./lifecycle";
import type { CreatedProject } from "./service";
import { UNKNOWN } from "./unknown";

/** What a project is made from, checked. */
export interface ProjectInputs {
  teamId: string;
  url: string;
  name: string;
  type: string;
  adoptProjectId?: string;
}

/** How the owner proves that the target is theirs, by the outputs' names. No secrets: whichever is used is published. */
export interface ProofState {
  verificationFileName?: string;
  verificationFileContent?: string;
  verificationTxtRecord?: string;
}

/**
 * What is known of a project; of one that was looked up by its ID, only that. The proof is there as far as the service told
 * it when it created the project: not of an adopted one, nor in what was written before there were these outputs.
 */
export interface ProjectState extends Partial<Omit<ProjectInputs, "adoptProjectId">>, ProofState {
  projectId: string;
  /** The service that the ID was given out by; absent in states of releases that did not note it, until an update. */
  service?: ServiceIdentity;
}

/** The API has no update, so a change of any of these needs a new project. */
const REPLACING = ["teamId", "url", "name", "type"] as const;

const LONGEST_NAME = 255;
const LONGEST_TYPE = 64;
/** ASSUMED: the name of the type of a web application. */
const DEFAULT_TYPE = "webapp";

/** Create and delete, as the API has them. */
export const projectLifecycle: Lifecycle<ProjectInputs, ProjectState> = {
  check,
  diff,
  create,
  update(context, id, olds) {
    context.service.requireSame(olds.service, `project ${id}`);
    return Promise.resolve({ ...olds, service: olds.service ?? context.service.identity() });
  },
  /** The API has no read: a refresh keeps what is known, and cannot see that a project was deleted elsewhere. */
  read(context, id, state) {
    const projectId = requireProjectId(id);
    context.service.requireSame(ownerOf(state), `project ${id}`);
    return { id, state: { ...state, projectId } };
  },
  async delete(context, id, { service }) {
    await context.service.deleteProject(id, service);
  },
};

/** As an earlier call put it into the state. */
const ownerOf = (state: Values): ServiceIdentity | undefined => state["service"] as ServiceIdentity | undefined;

/** `Project.get` takes whatever the program gives. */
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
  reader.require("teamId", parseId, "has to be set, here or as crashtest:teamId (CRASHTEST_TEAM_ID)");
  reader.require("url", parseTargetUrl, "has to be set: the address to scan");
  reader.require("name", parseText(LONGEST_NAME), "has to be set");
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
  `cannot change while adoptProjectId names project ${id}, which is in this stack already: remove adoptProjectId first`;

/** Whether another project is named than the one that this resource is. What a preview does not know may be that one. */
function namesAnother(id: string, { adoptProjectId: named }: Values): boolean {
  return named !== undefined && named !== UNKNOWN && named !== id;
}

/** Replacing would delete the project that is there. */
const otherProjectReason = (id: string, { adoptProjectId: named }: Values): string =>
  `cannot be ${String(named)}: this resource is project ${id}, which would be deleted with all its scans. Set it to ${id}, or ` +
  `leave it out. To take project ${String(named)} into the stack, declare another Project for it; to let go of project ${id} ` +
  "and keep it at the service, run `pulumi up` with retainOnDelete: true on this one, and then remove it";

/** What changed of a project that was adopted and is still named so. */
function changedWhileAdopting(olds: Values, inputs: Values): string[] {
  const adopted = olds["adoptProjectId"];
  if (adopted === undefined || adopted !== inputs["adoptProjectId"]) return [];
  return changedInputs(olds, inputs).filter((name) => name in inputs && inputs[name] !== UNKNOWN);
}

/** What differs. A value that no state holds, as one of an earlier release may, cannot be told to have changed. */
function changedInputs(olds: Values, news: Values): string[] {
  return REPLACING.filter((name) => olds[name] !== undefined && news[name] !== olds[name]);
}

function diff(context: LifecycleContext, id: string, olds: ProjectState, news: Values): Promise<Difference> {
  context.service.requireSame(olds.service, `project ${id}`);
  const changed = changedInputs({ ...olds }, news);
  if (news["adoptProjectId"] === id) return Promise.resolve(keepAdopted(id, news, changed));
  if (namesAnother(id, news)) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: `adoptProjectId ${otherProjectReason(id, news)}`,
    });
  }
  return Promise.resolve({ changes: changed.length > 0, replaces: changed });
}

/** A project that is named by its ID is never replaced: what a preview does not know comes out the same, or fails then. */
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
  const created = await context.service.createProject(project);
  const { projectId, service, verificationProblems = [] } = created;
  if (verificationProblems.length > 0) context.warn(unusableProof(projectId, verificationProblems));
  return { id: projectId, state: { ...project, projectId, service, ...proofStateOf(created) } };
}

/** The project is there: that its proof cannot be used fails nothing now. */
const unusableProof = (projectId: string, problems: readonly string[]): string =>
  `Project ${projectId} was created, and not all that the service says of its proof of ownership can be used ` +
  `(${problems.join("; ")}): the outputs for that are undefined. Look for the proof on the service's own pages.`;

/** What the service does not say is left out, since the engine takes no undefined. */
function proofStateOf({ verification = {} }: CreatedProject): ProofState {
  const { fileName, fileContent, txtRecord } = verification;
  return {
    ...(fileName !== undefined && { verificationFileName: fileName }),
    ...(fileContent !== undefined && { verificationFileContent: fileContent }),
    ...(txtRecord !== undefined && { verificationTxtRecord: txtRecord }),
  };
}
