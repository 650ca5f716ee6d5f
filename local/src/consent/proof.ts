import { randomUUID } from "node:crypto";

/** Where the target itself shows the proof: a path from the root of its web server, and the text there. */
export interface ProofPlace {
  path: string;
  text: string;
}

/**
 * What proves that a target is its owner's: a UUID, shown at one of several places. It is no secret, since it is published.
 * ASSUMED: that the answer of an endpoint is the UUID alone, and that the record stands at the host name itself.
 */
export interface Proof {
  uuid: string;
  /** `crashtest-<first 8 hexadecimal digits of the UUID>.html` */
  fileName: string;
  /** At the web root. */
  file: ProofPlace;
  /** What may stand in place of the file. */
  endpoints: readonly ProofPlace[];
  /** The value of a TXT record that may stand in place of both. */
  txtRecord: string;
  /** The form that earlier releases gave out, of a project that one of them created. */
  earlier?: { file: ProofPlace; txtRecord: string };
}

/** What the proof of a new project is made from: random, so that nobody can put one up for a project that is not there yet. */
export const createProofSeed = (): string => randomUUID();

const EARLIER_SEED = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** The proof that is made from a seed: a UUID, or the 32 hexadecimal digits of earlier releases. */
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

/** Where a place has to be reachable: at the root of the target's web server, whatever the target's own path. */
export const urlOf = (target: URL, { path }: ProofPlace): URL => new URL(path, target.origin);
