import { randomBytes } from "node:crypto";

/**
 * What proves that a target is its owner's: this file at the target's web root, or this TXT record at its host name.
 * Neither is a secret, since both are published. ASSUMED: the form of content and record, and that the record stands at
 * the host name itself; the form of the file's name is known.
 */
export interface Proof {
  /** `crashtest-<hash>.html` */
  fileName: string;
  fileContent: string;
  txtRecord: string;
}

const HASH_BYTES = 16;

/** A new hash: random, so that nobody can put up a proof for a project that is not there yet. */
export const createProofHash = (): string => randomBytes(HASH_BYTES).toString("hex");

/** The proof of the project with this hash. */
export function proofOf(proofHash: string): Proof {
  const statement = `crashtest-verification=${proofHash}`;
  return { fileName: `crashtest-${proofHash}.html`, fileContent: statement, txtRecord: statement };
}

/** Where the file has to be reachable: at the root of the target's web server, whatever the target's own path. */
export const proofFileUrl = (target: URL, { fileName }: Proof): URL => new URL(`/${fileName}`, target.origin);
