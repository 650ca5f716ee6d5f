import { fieldOf, isJsonObject } from "../findings/json-fields";
import { plainText } from "../findings/plain-text";
import { TYPE_MODULE } from "../provider/engine/provider-text";
import { CrashtestError } from "../provider/errors";
import type { ServiceIdentity } from "../provider/service-identity";
import { UsageError } from "./command";

/** A scan as the state of a stack names it. */
export interface StackScan {
  /** Undefined for a scan by webhook, which stands in the state encrypted. */
  projectId: string | undefined;
  scanId: string;
  /** The service that the numbers belong to; undefined where the state does not say it. */
  owner: ServiceIdentity | undefined;
}

const SCAN_TYPE = `${TYPE_MODULE}:Scan`;

/**
 * The one scan of a stack. A run that a gate stopped has no outputs, so its state is where the scan's ID is.
 *
 * @param text what `pulumi stack export` prints
 * @throws UsageError where it is something else, or has several scans; CrashtestError `NOT_FOUND` where it has none
 */
export function scanOfStack(text: string): StackScan {
  const scans = resourcesIn(text).flatMap((resource) => scanOf(resource) ?? []);
  const [scan] = scans;
  if (scan === undefined) {
    throw new CrashtestError({
      code: "NOT_FOUND",
      problem: "There is no scan in the stack",
      remedy: "A deployment that failed before its scan started has none: see what it said.",
    });
  }
  if (scans.length === 1) return scan;
  const named = scans.map(({ name, projectId, scanId }) =>
    [`  ${plainText(name)}:`, ...(projectId === undefined ? [] : [`--project ${projectId}`]), `--scan ${scanId}`].join(
      " ",
    ),
  );
  throw new UsageError([`the stack has ${scans.length} scans; name one in place of --state:`, ...named].join("\n"));
}

function resourcesIn(text: string): readonly unknown[] {
  const deployment = memberOf(jsonIn(text), "deployment");
  if (!isJsonObject(deployment)) throw new UsageError("--state must be what `pulumi stack export` prints");
  /** An empty stack has no resources, not even a list. */
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

/** Undefined for another resource, for one that waits for its deletion, and for one whose scan did not start. */
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
  const [origin, instance] = [memberOf(value, "origin"), memberOf(value, "instance")];
  if (typeof origin !== "string") return undefined;
  return { origin, ...(typeof instance === "string" && { instance }) };
}
