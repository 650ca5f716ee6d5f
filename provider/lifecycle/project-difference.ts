import { PROJECT_PROPERTIES, type ProjectProperty, type ProjectRules } from "../../service/rules";
import { UNKNOWN, type Values } from "./lifecycle";

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
