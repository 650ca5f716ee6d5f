import * as pulumi from "@pulumi/pulumi";
import { isMocked } from "../../program/mocks";
import { type SpecificationInput, digestOfSpecification } from "../../provider/lifecycle/reach/api-specification";
import { type SpecificationSource, readSpecificationSource } from "../../provider/lifecycle/reach/specification-source";
import { asContent } from "../triggers/trigger-asset";

/**
 * An OpenAPI document (2, 3.0 or 3.1), JSON or YAML, that stands alone:
 *
 * - its address, http or https, up to 4 MiB: read by the provider, after what the scan depends on, without following redirects;
 * - `file`, its path, relative to the program's folder, or a `FileAsset`: up to 4 MiB;
 * - `inline`, its text, or a `StringAsset`: up to 256 KiB;
 * - a `RemoteAsset`, as its address.
 */
export type ApiSpecificationArgs = string | { file: string } | { inline: string } | pulumi.asset.Asset;

/** What a scan registers of an API specification. */
export interface RegisteredSpecification {
  inputs: pulumi.Inputs;
  /** As the state will have it; null if only the provider knows it; undefined without a specification. */
  digest: pulumi.Input<string | null | undefined>;
}

/** Reads a specification, unless the provider is to do that. What is wrong is for `check` to say. */
export function registeredSpecification(
  given: pulumi.Input<ApiSpecificationArgs> | undefined,
): RegisteredSpecification {
  if (given === undefined) return { inputs: { apiSpecification: undefined }, digest: undefined };
  const read = (pulumi.output(given) as pulumi.Output<unknown>).apply(readSpecification);
  // Unknown in a preview: a saved plan would hold the deployment to the preview's value.
  const isDeployment = pulumi.runtime.isDryRun() ? pulumi.output(pulumi.unknown) : true;
  const digest = read.apply((input) => {
    if (input === undefined) return undefined;
    return input.text === undefined ? null : digestOfSpecification(input.text);
  });
  return { inputs: { apiSpecification: read, isDeployment }, digest };
}

async function readSpecification(given: unknown): Promise<SpecificationInput | undefined> {
  if (given === undefined || given === null) return undefined;
  if (typeof given === "string") return readSpecificationSource({ uri: given });
  const { text, path, uri } = (asContent(given) ?? {}) as Partial<Record<"text" | "path" | "uri", unknown>>;
  const { inline = text, file = path } = given as SpecificationSource;
  // Under mocks no file is read.
  const read = isMocked() ? (name: string) => Promise.resolve({ name }) : undefined;
  return readSpecificationSource({ inline, file, uri }, read);
}
