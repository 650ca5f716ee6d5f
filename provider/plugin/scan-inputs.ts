import { UNKNOWN, type Values, hasUnknown } from "../lifecycle/lifecycle";
import type { SpecificationInput } from "../lifecycle/reach/api-specification";
import { readSpecificationSource } from "../lifecycle/reach/specification-source";
import { contentMark, digestOf, unusableTrigger } from "../lifecycle/triggers/digest";
import { Archive, Asset, ResourceReference, Secret, hasSecret, isPlainObject, plain } from "../wire/properties";
import type { ResourceCall } from "./resource-kind";

/**
 * Returns the lifecycle's inputs of a scan. A scan cannot know its gates, so each gate refuses one that somebody else started
 * unless it accepts that: `refusesJoined` lets the next deployment start its own.
 */
export async function scanInputs({ record }: ResourceCall, given: Values, olds: Values): Promise<Values> {
  const { projectUrn: _urn, projectOwner: _owner, resourceDigests: _digests, ...declared } = given;
  const projectId = plain(declared["projectId"]);
  // A saved plan holds the deployment to what the preview knows.
  const project = projectId === UNKNOWN ? { urn: UNKNOWN, service: UNKNOWN } : record.project(projectId);
  return {
    ...declared,
    triggers: triggerDigests(declared["triggers"], plain(olds["triggers"])),
    refusesJoined: true,
    apiSpecification: await specificationInput(declared["apiSpecification"], plain(olds["apiSpecification"])),
    projectUrn: project?.urn,
    projectOwner: project?.service,
  };
}

/**
 * Returns a digest for each trigger, by name or index: a secret where the trigger is or contains one.
 *
 * @param olds the digests of the last deployment
 */
function triggerDigests(triggers: unknown, olds: unknown): unknown {
  if (triggers instanceof Secret) {
    const digests = triggerDigests(triggers.value, olds);
    return typeof digests === "object" && digests !== null ? new Secret(digests) : digests;
  }
  if (!Array.isArray(triggers) && !isPlainObject(triggers)) return triggers;
  return Object.fromEntries(
    Object.entries(triggers).map(([name, trigger]: [string, unknown]) => {
      const value = jsonValue(name, plain(trigger));
      const old = isPlainObject(olds) ? olds[name] : undefined;
      const digest = hasUnknown(value) ? UNKNOWN : isKept(value, old) ? value : digestOf(value);
      return [name, hasSecret(trigger) ? new Secret(digest) : digest];
    }),
  );
}

/** Whether a value is the digest of the last deployment, which the engine sends for what the program has in `ignoreChanges`. */
const isKept = (value: unknown, old: unknown): value is string =>
  typeof value === "string" && value === old && /^[0-9a-f]{64}$/.test(value);

/** Replaces assets and archives by marks with the hashes that the engine has of their content. */
function jsonValue(path: string, value: unknown): unknown {
  if (value instanceof Asset) return contentMark(`file:${hashOf(path, value)}`);
  if (value instanceof Archive) return contentMark(`archive:${hashOf(path, value)}`);
  if (value instanceof ResourceReference) {
    throw unusableTrigger(path, "is a resource, of which only its name is known here", "Give one of its outputs.");
  }
  if (Array.isArray(value)) return value.map((item, index) => jsonValue(`${path}[${index}]`, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonValue(`${path}.${key}`, item)]));
}

function hashOf(path: string, { parts }: Asset | Archive): string {
  const { hash } = parts;
  if (typeof hash === "string" && hash !== "") return hash;
  throw unusableTrigger(path, "is or has an asset or archive without a hash of its content");
}

/** Returns what the lifecycle takes of an API specification: a secret one stays one. */
async function specificationInput(given: unknown, old: unknown): Promise<unknown> {
  if (given === undefined || given === null) return undefined;
  const source = plain(given);
  if (hasUnknown(source)) return hasSecret(given) ? new Secret(UNKNOWN) : UNKNOWN;
  if (isKept(source, old)) return given;
  const input = await readSource(source);
  // A query may be a secret, and an address that cannot be read yet is among the inputs.
  return hasSecret(given) || input.url?.includes("?") === true ? new Secret(input) : input;
}

function readSource(source: unknown): Promise<SpecificationInput> {
  if (typeof source === "string") return readSpecificationSource({ uri: source });
  if (source instanceof Asset) {
    const { text, path, uri } = source.parts;
    return readSpecificationSource({ inline: text === "" ? undefined : text, file: path, uri });
  }
  return readSpecificationSource(typeof source === "object" && source !== null ? { ...source, uri: undefined } : {});
}
