import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { type ContentMark, contentMark, digestOf, unusableTrigger } from "../../provider/lifecycle/triggers/digest";
import { PathDigests, UnreadablePath } from "./path-digest";

/** An asset or an archive. There may be several copies of the SDK in a process, so the parts tell which, not the class. */
export type Content = Partial<Record<"text" | "path" | "assets", unknown>>;

/** Returns the value if it is an asset or an archive. */
export const asContent = (value: unknown): Content | undefined =>
  pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value) ? value : undefined;

/**
 * Digests an asset or an archive by its content, not its path or times. A text and a file of the same bytes are equal.
 *
 * @param trigger the trigger's name
 * @throws CrashtestError `ARGUMENT_INVALID` for what is missing or cannot be read, and for remote content
 */
export async function markOf(trigger: string, content: Content): Promise<ContentMark> {
  return contentMark(await digestOfContent(trigger, content, []));
}

async function digestOfContent(trigger: string, content: Content, around: readonly Content[]): Promise<string> {
  if (around.includes(content)) throw unusableTrigger(trigger, "contains itself");
  const [text, path, assets] = await Promise.all([content.text, content.path, content.assets]);
  if (typeof text === "string") return `file:${createHash("sha256").update(text).digest("hex")}`;
  if (typeof path === "string") return digestOfPath(trigger, path, pulumi.asset.Asset.isInstance(content));
  if (typeof assets === "object" && assets !== null) return digestOfAssets(trigger, assets, [...around, content]);
  throw "uri" in content
    ? unusableTrigger(trigger, "is or has a remote asset or archive, which is not fetched", REMOTE_REMEDY)
    : unusableTrigger(trigger, "is or has an asset or archive whose text, path or assets are an output", OUTPUT_REMEDY);
}

const REMOTE_REMEDY = "Give its version or digest as a trigger.";
const OUTPUT_REMEDY = "Make the asset inside the output's apply.";

async function digestOfAssets(trigger: string, assets: object, around: readonly Content[]): Promise<string> {
  const digests: [string, string][] = [];
  for (const [name, item] of Object.entries(assets) as [string, unknown][]) {
    const inner = asContent(item);
    if (inner === undefined) {
      throw unusableTrigger(trigger, `has an archive with "${name}", which is neither an asset nor an archive`);
    }
    digests.push([name, await digestOfContent(trigger, inner, around)]);
  }
  return `archive:${digestOf(Object.fromEntries(digests))}`;
}

async function digestOfPath(trigger: string, path: string, isAsset: boolean): Promise<string> {
  try {
    const { kind, digest } = await pathDigestsOfRun().of(path);
    if (kind === "folder" && isAsset) throw new UnreadablePath(`is an asset of ${path}, which is a folder`);
    return `${kind}:${digest}`;
  } catch (error) {
    if (!(error instanceof UnreadablePath)) throw error;
    const remedy = "Give a FileAsset of a file, or a FileArchive of a file or folder, that is there and can be read.";
    throw unusableTrigger(trigger, error.message, remedy);
  }
}

/** By the stack resource of a run: a process of the Automation API has several, and files change between them. */
const digestsByRun = new WeakMap<object, PathDigests>();
const WITHOUT_STACK = {};

function pathDigestsOfRun(): PathDigests {
  const run = pulumi.runtime.getStackResource() ?? WITHOUT_STACK;
  const digests = digestsByRun.get(run) ?? new PathDigests();
  digestsByRun.set(run, digests);
  return digests;
}
