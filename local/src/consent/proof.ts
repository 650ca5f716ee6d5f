import { randomUUID } from "node:crypto";

/** Where the target itself serves the proof: a path from the root of its web server, and the text there. */
export interface ProofPlace {
  path: string;
  text: string;
}

/**
 * The proof that a target belongs to its owner: a UUID, published at one of several places, so it is not a secret.
 * ASSUMED: the response of an endpoint is the UUID alone, and the record is for the host name itself.
 */
export interface Proof {
  uuid: string;
  /** `crashtest-<first 8 hexadecimal digits of the UUID>.html` */
  fileName: string;
  /** At the web root. */
  file: ProofPlace;
  /** Alternatives to the file. */
  endpoints: readonly ProofPlace[];
  /** The value of a TXT record, an alternative to both. */
  txtRecord: string;
  /** The form that earlier releases issued, for a project that one of them created. */
  earlier?: { file: ProofPlace; txtRecord: string };
}

/** Creates the seed of a new project's proof: random, so that nobody can publish a proof for a future project. */
export const createProofSeed = (): string => randomUUID();

const EARLIER_SEED = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** Derives the proof from a seed: a UUID, or the 32 hexadecimal digits of earlier releases. */
export function proofOf(seed: string): Proof {
  const uuid = seed.replace(EARLIER_SEED, "$1-$2-$3-$4-$5");
  const name = `crashtest-${uuid.slice(0, 8)}`;
  const fileName = `${name}.html`;
  return {
    ...{ uuid, fileName, txtRecord: uuid },
    file: { path: `/${fileName}`, text: uuid },
    endpoints: [`/?verify=${name}`, `/verify/crashtest/${uuid.slice(0, 8)}`].map((path) => ({ path, text: uuid })),
    ...(uuid !== seed && { earlier: earlierProofOf(seed) }),
  };
}

function earlierProofOf(hash: string): Required<Proof>["earlier"] {
  const statement = `crashtest-verification=${hash}`;
  return { file: { path: `/crashtest-${hash}.html`, text: statement }, txtRecord: statement };
}

/** Returns the URL of a place: from the root of the target's web server, whatever the target's own path. */
export const urlOf = (target: URL, { path }: ProofPlace): URL => new URL(path, target.origin);
