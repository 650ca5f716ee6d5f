import { readFile, stat } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";
import { isMocked } from "../../program/mocks";
import {
  MAX_SPECIFICATION_BYTES,
  type SpecificationInput,
  digestOfSpecification,
} from "../../provider/lifecycle/reach/api-specification";
import { parseTargetUrl } from "../../service/input-parsers";
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

const MAX_INLINE_BYTES = 256 * 1024;

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
  if (typeof given === "string") return addressOf(given);
  const { text, path, uri } = (asContent(given) ?? {}) as Partial<Record<"text" | "path" | "uri", unknown>>;
  const { inline = text, file = path } = given as Partial<Record<"inline" | "file", unknown>>;
  if (typeof inline === "string") return inlineText(inline);
  if (typeof file === "string") return readSpecificationFile(file);
  return typeof uri === "string" ? addressOf(uri) : { problem: FORM };
}

const FORM = "it must be an address, { file }, { inline }, or an asset with a text or of a file";

function addressOf(text: string): SpecificationInput {
  try {
    return { url: parseTargetUrl(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `it ${why}; for a path, use { file }` };
  }
}

const inlineText = (text: string): SpecificationInput =>
  Buffer.byteLength(text) > MAX_INLINE_BYTES
    ? { problem: `it has more than ${MAX_INLINE_BYTES} bytes, the limit for inline text: use { file }` }
    : { text: withoutMark(text) };

/** Under mocks no file is read. */
async function readSpecificationFile(path: string): Promise<SpecificationInput> {
  if (isMocked()) return { name: path };
  try {
    const found = await stat(path);
    if (!found.isFile()) return { name: path, problem: "it is not a file" };
    if (found.size > MAX_SPECIFICATION_BYTES) {
      return { name: path, problem: `it has more than ${MAX_SPECIFICATION_BYTES} bytes` };
    }
    return { name: path, text: withoutMark(await readFile(path, "utf8")) };
  } catch (error) {
    return { name: path, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Removes a byte order mark, which is no part of the text. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, "");
