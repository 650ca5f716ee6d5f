import { fieldOf, isJsonObject } from "../findings/json-fields";
import { plainText } from "../errors/plain-text";
import { TYPE_MODULE } from "../provider/dynamic/provider-text";
import { CrashtestError } from "../errors/errors";
import type { ServiceIdentity } from "../service/service";
import { UsageError } from "./command";

/** A scan in the state of a stack. */
export interface StackScan {
  /** Undefined for a scan by webhook, which is encrypted in the state. */
  projectId: string | undefined;
  scanId: string;
  /** The service that the IDs belong to; undefined if the state does not say. */
  owner: ServiceIdentity | undefined;
}

const SCAN_TYPE = `${TYPE_MODULE}:Scan`;

/**
 * Returns the only scan of a stack. A run that a gate stopped has no outputs, so the scan's ID is only in its state.
 *
 * @param text what `pulumi stack export` prints
 * @throws UsageError if it is something else, or has several scans; CrashtestError `NOT_FOUND` if it has none
 */
export function scanOfStack(text: string): StackScan {
  const scans = resourcesIn(text).flatMap((resource) => scanOf(resource) ?? []);
  const [scan] = scans;
  if (scan === undefined) {
    throw new CrashtestError({
      code: "NOT_FOUND",
      problem: "The stack has no scan",
      remedy: "A deployment that fails before its scan starts has none: check its output.",
    });
  }
  if (scans.length === 1) return scan;
  const named = scans.map(({ name, projectId, scanId }) =>
    [`  ${plainText(name)}:`, ...(projectId === undefined ? [] : [`--project ${projectId}`]), `--scan ${scanId}`].join(
      " ",
    ),
  );
  throw new UsageError([`the stack has ${scans.length} scans; choose one instead of --state:`, ...named].join("\n"));
}

function resourcesIn(text: string): readonly unknown[] {
  const deployment = memberOf(jsonIn(text), "deployment");
  if (!isJsonObject(deployment)) throw new UsageError("--state must be what `pulumi stack export` prints");
  // An empty stack has no list of resources.
  const resources = fieldOf(deployment, "resources") ?? [];
  return Array.isArray(resources) ? resources : [];
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const memberOf = (value: unknown, name: string): unknown => (isJsonObject(value) ? fieldOf(value, name) : undefined);

/** Returns undefined for other resources, one that is pending deletion, and one whose scan did not start. */
function scanOf(resource: unknown): (StackScan & { name: string }) | undefined {
  if (memberOf(resource, "type") !== SCAN_TYPE || memberOf(resource, "delete") === true) return undefined;
  const outputs = memberOf(resource, "outputs");
  const [projectId, scanId] = [memberOf(outputs, "projectId"), memberOf(outputs, "scanId")];
  if (typeof scanId !== "string") return undefined;
  const urn = memberOf(resource, "urn");
  return {
    name: typeof urn === "string" ? (urn.split("::").at(-1) ?? urn) : "",
    projectId: typeof projectId === "string" ? projectId : undefined,
    scanId,
    owner: serviceIn(memberOf(outputs, "service")),
  };
}

function serviceIn(value: unknown): ServiceIdentity | undefined {
  const [kind, origin, instance] = ["kind", "origin", "instance"].map((name) => memberOf(value, name));
  if (typeof origin !== "string") return undefined;
  return { ...(kind === "veracode" && { kind }), origin, ...(typeof instance === "string" && { instance }) };
}
