import { CrashtestError } from "../../errors/errors";
import { hasEngineColor } from "../../errors/plain-text";
import {
  PROJECT_PROPERTIES,
  type ProjectProperty,
  type ProjectRules,
  type PropertyRule,
  type ServiceRules,
} from "../../service/rules";
import type { NewProject, ProjectSnapshot, ServiceIdentity, Verification } from "../../service/service";
import { type Difference, type Lifecycle, type LifecycleContext, UNKNOWN, type Values, ownerOf } from "./lifecycle";
import {
  adoptedReason,
  checkProject,
  decideProjectDifference,
  inWordsOf,
  namesAnother,
  otherProjectReason,
  type ProjectInputs,
} from "./project-inputs";

/** How to prove the ownership of the target, by the outputs' names. Not secret: the one that is used is published. */
export interface ProofState {
  verificationFileName?: string;
  verificationFileContent?: string;
  verificationTxtRecord?: string;
}

/**
 * What is known of a project; of one that was looked up by its ID, only the ID where the service cannot read projects. The proof
 * is what the service sent when it created the project: there is none of an adopted one, nor in states of releases without
 * these outputs.
 */
export interface ProjectState extends ProjectSnapshot, ProofState {
  authorizedToScan?: true;
  projectId: string;
  /** The service that issued the ID; absent in states of releases that did not record it, until an update. */
  service?: ServiceIdentity;
}

/** Creates, adopts and deletes projects; changes and reads them where the service can. */
export const projectLifecycle = {
  check: checkProject,
  diff,
  create,
  update,
  read,
  async delete(context, id, { service }) {
    await context.service.deleteProject(id, { owner: ownerOf(context, service) });
  },
} satisfies Lifecycle<ProjectInputs, ProjectState>;

function diff(context: LifecycleContext, id: string, olds: ProjectState, news: Values): Promise<Difference> {
  context.service.requireSame(ownerOf(context, olds.service), `project ${id}`);
  const { project } = context.service.rules;
  const { updated, replacing } = decideProjectDifference({ ...olds }, news, project);
  const changes = updated.length + replacing.length > 0;
  const deleteBeforeReplace = project.hasUniqueNames && { deleteBeforeReplace: true };
  if (news["adoptProjectId"] === id) return Promise.resolve(keepAdopted(id, news, updated, replacing));
  if (namesAnother(id, news)) {
    throw new CrashtestError({ code: "ARGUMENT_INVALID", problem: `adoptProjectId ${otherProjectReason(id, news)}` });
  }
  return Promise.resolve({ changes, replaces: [...replacing], ...deleteBeforeReplace });
}

/** A project that is named by its ID is never replaced: an unknown value turns out the same, or fails in the deployment. */
function keepAdopted(
  id: string,
  news: Values,
  updated: readonly ProjectProperty[],
  replacing: readonly ProjectProperty[],
): Difference {
  const known = replacing.filter((name) => news[name] !== UNKNOWN);
  if (known.length === 0) return { changes: updated.length > 0, replaces: [] };
  throw new CrashtestError({ code: "ARGUMENT_INVALID", problem: `${known.join(", ")} ${adoptedReason(id)}` });
}

async function create(context: LifecycleContext, inputs: ProjectInputs): Promise<{ id: string; state: ProjectState }> {
  const { adoptProjectId, ...project } = inputs;
  if (adoptProjectId !== undefined) return { id: adoptProjectId, state: await adopt(context, adoptProjectId, project) };
  const created = await context.service.createProject(completed(project, context.service.rules.project));
  const { projectId, service, verification, verificationProblems, snapshot } = created;
  const { proof, problems } = printableProof(verification);
  const allProblems = [...verificationProblems, ...problems];
  // The project exists, so an invalid proof is no failure.
  if (allProblems.length > 0) {
    context.warn(
      `Project ${projectId} was created, but parts of its proof of ownership are invalid (${allProblems.join("; ")}), so their ` +
        "outputs are undefined. Look for the proof on the service's own pages.",
    );
  }
  // What was sent counts as it was sent, whatever the service made of it: else the next deployment would change it again.
  return { id: projectId, state: { ...snapshot, ...project, projectId, service, ...proof } };
}

/** Applies the defaults of what an adopted project did not declare; only its replacement gets here without them. */
function completed(project: Omit<ProjectInputs, "adoptProjectId">, { properties }: ProjectRules): NewProject {
  const { name } = project;
  if (name === undefined) {
    const problem =
      "Could not create a project in the place of an adopted one: it has no name of its own in the program";
    throw new CrashtestError({ code: "ARGUMENT_INVALID", problem, remedy: "Set name." });
  }
  const fallbackOf = (rule: PropertyRule | string) => (typeof rule === "string" ? undefined : rule.fallback);
  const { type = fallbackOf(properties.type) ?? "", scanType = fallbackOf(properties.scanType) } = project;
  return { ...project, name, type, ...(scanType !== undefined && { scanType }) };
}

/** Outputs that only the service knows. */
const READ_BACK = ["createdAt", "teamId", "name", "url", "type", "scanType", "description", "apiSpecification"];
const PROOF = ["verificationFileName", "verificationFileContent", "verificationTxtRecord"];

/**
 * Returns what a preview knows of the outputs; `UNKNOWN` stands for what only the deployment will know.
 *
 * @param olds undefined for a project that is to be created or adopted
 */
export function foreseeProject(context: LifecycleContext, inputs: Values, olds: Values | undefined): Values {
  const { adoptProjectId, ...declared } = inputs;
  if (olds !== undefined) return { ...olds, ...declared };
  const later = context.service.rules.project.canRead ? READ_BACK : PROOF;
  const unknown = Object.fromEntries([...later, "service"].map((output) => [output, UNKNOWN]));
  return { ...unknown, ...declared, projectId: adoptProjectId ?? UNKNOWN };
}

/** Takes an existing project into the stack; where the service can read it, it becomes what the program declares. */
async function adopt(
  context: LifecycleContext,
  projectId: string,
  declared: Omit<ProjectInputs, "adoptProjectId">,
): Promise<ProjectState> {
  const { rules } = context.service;
  const service = context.service.identity();
  if (!rules.project.canRead) return { ...declared, projectId, service };
  const found = await context.service.readProject(projectId);
  if (found === "notFound") throw projectNotFound(projectId, "Check adoptProjectId, or remove it to create a project.");
  const { updated, replacing } = decideProjectDifference({ ...found }, { ...declared }, rules.project);
  if (replacing.length > 0) {
    throw new CrashtestError({
      code: "CONFLICT",
      problem: `Could not adopt project ${projectId}: it has another ${replacing.join(", ")} than the program declares, which cannot be changed`,
      remedy: "Declare what the project has, or leave these out.",
    });
  }
  const state = { ...declared, ...inWordsOf({ ...declared }, found, rules.project), projectId, service };
  return updated.length === 0 ? state : changed(context, projectId, state, declared);
}

async function update(
  context: LifecycleContext,
  id: string,
  olds: ProjectState,
  news: ProjectInputs,
): Promise<ProjectState> {
  const { service } = context;
  service.requireSame(ownerOf(context, olds.service), `project ${id}`);
  const state = { ...olds, service: olds.service ?? service.identity() };
  const { updated } = decideProjectDifference({ ...olds }, { ...news }, service.rules.project);
  const { adoptProjectId: _adopted, ...declared } = news;
  return updated.length === 0 ? state : changed(context, id, state, declared);
}

/** Changes a project in place, and returns its new state. All that is known is sent, lest an update be a replacement. */
async function changed(
  { service }: LifecycleContext,
  projectId: string,
  state: ProjectState,
  declared: Omit<ProjectInputs, "adoptProjectId">,
): Promise<ProjectState> {
  const now = { ...state, ...declared };
  const properties = PROJECT_PROPERTIES.filter((property) => now[property] !== undefined);
  const project = Object.fromEntries(properties.map((property) => [property, now[property]]));
  const snapshot = await service.updateProject(projectId, project, { owner: state.service });
  if (snapshot === "notFound") {
    throw projectNotFound(projectId, "It was deleted elsewhere: run `pulumi refresh`, and then `pulumi up`.");
  }
  return { ...snapshot, ...now };
}

const projectNotFound = (projectId: string, remedy: string): CrashtestError =>
  new CrashtestError({ code: "NOT_FOUND", problem: `Project ${projectId} was not found at the service`, remedy });

/** Keeps the state where the service cannot read projects; then a refresh does not notice one that was deleted elsewhere. */
async function read(
  context: LifecycleContext,
  id: string,
  state: Partial<ProjectState>,
): Promise<{ id: string; state: Partial<ProjectState> } | undefined> {
  const { service } = context;
  const isLookedUp = state.projectId === undefined;
  // Before its ID is parsed, by the rules of the service that issued it.
  service.requireSame(isLookedUp ? undefined : ownerOf(context, state.service), `project ${id}`);
  const projectId = requireProjectId(service.rules, id);
  if (!service.rules.project.canRead) return { id, state: { ...state, projectId } };
  const found = await service.readProject(projectId, { owner: state.service });
  if (found === "notFound") return undefined;
  const isRead = (name: string) =>
    name !== "authorizedToScan" && PROJECT_PROPERTIES.some((property) => property === name);
  const kept = Object.fromEntries(Object.entries(state).filter(([name]) => !isRead(name)));
  const said = inWordsOf(state, found, service.rules.project);
  return { id, state: { service: service.identity(), ...kept, ...said, projectId } };
}

/** `Project.get` accepts any ID. */
function requireProjectId(rules: ServiceRules, id: string): string {
  try {
    return rules.parseProjectId(id);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CrashtestError({ code: "ARGUMENT_INVALID", problem: `The ID of a project ${why}` });
  }
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
