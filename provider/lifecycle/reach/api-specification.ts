import { createHash } from "node:crypto";
import { CrashtestError } from "../../../errors/errors";
import { type LifecycleContext, UNKNOWN } from "../lifecycle";
import { findDocumentProblem } from "./openapi";

/** What a program sends of an API specification. */
export interface SpecificationInput {
  /** Where it is from, for messages: a path; empty for one in the program itself. */
  name?: string;
  text?: string;
  /** Where the provider is to read it. */
  url?: string;
  /** Why the program could not read it. */
  problem?: string;
}

export const MAX_SPECIFICATION_BYTES = 4 * 1024 * 1024;

/** A checked specification; or why there is none. */
export type CheckedSpecification = { digest: string | typeof UNKNOWN } | { reason: string };

type Ports = Pick<LifecycleContext, "readAddress" | "specifications" | "warn">;

/**
 * Reads and checks an API specification, and keeps its text for the start of the scan: the state has the digest only.
 *
 * @param isPreview an address that cannot be read is no failure then: it may be one that the deployment makes
 */
export async function checkSpecification(
  given: unknown,
  ports: Ports,
  isPreview: boolean,
): Promise<CheckedSpecification> {
  // The checked input of the last deployment, which the engine sends for what the program has in `ignoreChanges`.
  if (typeof given === "string") return { digest: given };
  const { name = "", text, url = "", problem } = given as SpecificationInput;
  if (problem !== undefined) return { reason: `cannot be read${inParentheses(name)}: ${problem}` };
  if (text !== undefined) return checkText(name, text, ports);
  const address = new URL(url);
  const read = await ports.readAddress(address, MAX_SPECIFICATION_BYTES);
  // A query may be a secret.
  const shown = `${address.origin}${address.pathname}`;
  if ("text" in read) return checkText(shown, read.text, ports);
  if (!isPreview) return { reason: `cannot be read (${shown}): ${read.problem}` };
  ports.warn(`apiSpecification cannot be read yet (${shown}): ${read.problem}`);
  return { digest: UNKNOWN };
}

async function checkText(name: string, text: string, { specifications }: Ports): Promise<CheckedSpecification> {
  const digest = digestOfSpecification(text);
  if (specifications.has(digest)) return { digest };
  const found = await findDocumentProblem(text);
  if (found !== undefined) {
    return { reason: `is invalid${inParentheses(name, `line ${found.line}`)}: ${found.reason}` };
  }
  specifications.set(digest, text);
  return { digest };
}

const inParentheses = (...parts: readonly string[]): string => {
  const given = parts.filter((part) => part !== "");
  return given.length === 0 ? "" : ` (${given.join(", ")})`;
};

/** Returns what the state has of a specification. */
export const digestOfSpecification = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Returns the text that `check` has kept. */
export function specificationOf({ specifications }: Ports, digest: string | undefined): string | undefined {
  if (digest === undefined) return undefined;
  const text = specifications.get(digest);
  if (text !== undefined) return text;
  throw new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: "A scan is to start, but the text of its apiSpecification is unknown, since that is in ignoreChanges",
    remedy: "Remove it there for this deployment.",
  });
}
