import { PROJECT_PROPERTIES, type ProjectProperty, type ProjectRules } from "../../service/rules";
import type { NewProject, ProjectSnapshot } from "../../service/service";
import { InputReader } from "./inputs";
import { type CheckFailure, type LifecycleContext, UNKNOWN, type Values } from "./lifecycle";

/** The checked inputs of a project; an adopted one has its own name and type where these are absent. */
export interface ProjectInputs extends Omit<NewProject, "name" | "type"> {
  name?: string;
  type?: string;
  adoptProjectId?: string;
}

/**
 * Names a project that its program does not name, after its resource. Where names are unique in an organisation, the name is for
 * its creation only: `checkProject` decides.
 *
 * @param given the name in the program
 * @param resource the parts of the resource's URN
 */
export const namedInputs = <Name>(
  given: Name | undefined,
  resource: { project: string; stack: string; name: string },
  { hasUniqueNames }: Pick<ProjectRules, "hasUniqueNames">,
): { name: Name | string | undefined; defaultName?: string } =>
  hasUniqueNames
    ? { name: given, defaultName: `${resource.project}-${resource.stack}-${resource.name}` }
    : { name: given ?? resource.name };

/** Checks what a program says of a project, by the rules of its service. */
export function checkProject(
  context: LifecycleContext,
  olds: Values,
  news: Values,
): { inputs: Values; failures: CheckFailure[] } {
  const { rules } = context.service;
  const reader = new InputReader(withDefaultName(olds, news));
  for (const property of PROJECT_PROPERTIES) readProperty(reader, property, rules.project, olds);
  reader.take("adoptProjectId", (value) => rules.parseProjectId(value));
  const adopted = olds["adoptProjectId"];
  if (typeof adopted === "string" && namesAnother(adopted, reader.inputs)) {
    reader.fail("adoptProjectId", otherProjectReason(adopted, reader.inputs));
  }
  for (const property of replacedWhileAdopting(olds, reader.inputs, rules.project)) {
    reader.fail(property, adoptedReason(String(reader.inputs["adoptProjectId"])));
  }
  for (const { property, reason } of rules.project.problemsOf(reader.inputs, olds)) reader.fail(property, reason);
  for (const problem of context.service.configurationProblems("project")) reader.fail("", problem);
  return { inputs: reader.inputs, failures: reader.failures };
}

/**
 * `defaultName` is for the project's creation only: later it keeps the name that it has, and an adopted one its own. It is not
 * kept in the inputs.
 */
function withDefaultName(olds: Values, news: Values): Values {
  const { defaultName, ...given } = news;
  if (given["name"] !== undefined || defaultName === undefined) return given;
  const isNew = Object.keys(olds).length === 0;
  const name = isNew && given["adoptProjectId"] === undefined ? defaultName : olds["name"];
  return { ...given, name };
}

function readProperty(reader: InputReader, property: ProjectProperty, rules: ProjectRules, olds: Values): void {
  const rule = rules.properties[property];
  if (typeof rule === "string") {
    if (reader.has(property)) reader.fail(property, rule);
    return;
  }
  // What the program leaves out stays as it is; an adopted project has its own value, also once adoptProjectId is removed.
  const isInStack = rules.canRead && Object.keys(olds).length > 0;
  const isAdopted = reader.has("adoptProjectId") || (isInStack && olds[property] === undefined);
  const isFilledIn = rules.canRead && isAdopted && rule.isWriteOnly !== true;
  if (isFilledIn || rule.missing === undefined)
    reader.take(
      property,
      rule.parse,
      isFilledIn ? undefined : ((isInStack ? olds[property] : undefined) ?? rule.fallback),
    );
  else reader.require(property, rule.parse, rule.missing);
}

/** Returns the changed inputs that would replace an adopted project that adoptProjectId still names. */
function replacedWhileAdopting(olds: Values, inputs: Values, rules: ProjectRules): readonly ProjectProperty[] {
  const adopted = olds["adoptProjectId"];
  if (adopted === undefined || adopted !== inputs["adoptProjectId"]) return [];
  return decideProjectDifference(olds, inputs, rules).replacing.filter((name) => inputs[name] !== UNKNOWN);
}

/** The properties that change, by what that requires. A value that a preview does not know counts as changed. */
export interface ProjectDifference {
  updated: readonly ProjectProperty[];
  replacing: readonly ProjectProperty[];
}

/** Compares what is there with what the program declares. What the program does not mention is left alone. */
export function decideProjectDifference(olds: Values, news: Values, { properties }: ProjectRules): ProjectDifference {
  const changes = PROJECT_PROPERTIES.map((property) => {
    const rule = properties[property];
    const value = news[property];
    const change = typeof rule === "string" || value === undefined ? undefined : rule.onChange(olds[property], value);
    return { property, change };
  });
  const propertiesOf = (kind: "update" | "replace") =>
    changes.filter(({ change }) => change === kind).map(({ property }) => property);
  return { updated: propertiesOf("update"), replacing: propertiesOf("replace") };
}

/**
 * Returns what a service says of a project, in the words of the program where both mean the same: a service may leave out the
 * slash at the end of an address. What it may stop saying is as it was.
 *
 * @param known what the program declares, or the state has
 */
export function inWordsOf(known: Values, snapshot: ProjectSnapshot, { properties }: ProjectRules): ProjectSnapshot {
  const said: Values = { ...snapshot };
  const same = PROJECT_PROPERTIES.filter((property) => {
    const rule = properties[property];
    if (known[property] === undefined || typeof rule === "string" || rule.isWriteOnly === true) return false;
    const hasVanished = rule.mayVanish === true && said[property] === undefined;
    return hasVanished || rule.onChange(said[property], known[property]) === undefined;
  });
  return { ...snapshot, ...Object.fromEntries(same.map((property) => [property, known[property]])) };
}

/** Whether adoptProjectId names a project other than this resource's. An unknown value may be the same one. */
export const namesAnother = (id: string, { adoptProjectId: named }: Values): boolean =>
  named !== undefined && named !== UNKNOWN && named !== id;

/** A replacement would delete the current project. */
export const otherProjectReason = (id: string, { adoptProjectId: named }: Values): string =>
  `cannot be ${String(named)}: this resource is project ${id}, which would be deleted with all its scans. Set it to ${id}, or ` +
  `leave it out. To take project ${String(named)} into the stack, declare another Project for it; to release project ${id} ` +
  "but keep it at the service, run `pulumi up` with retainOnDelete: true on this one, and then remove it";

export const adoptedReason = (id: string): string =>
  `cannot change while adoptProjectId names project ${id}, which is already in this stack: remove adoptProjectId first`;
