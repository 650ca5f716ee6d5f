import type { LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { fetchText } from "./fetch-text";
import { proofFileUrl, type Proof } from "./proof";

/** How a proof is looked for. */
export interface ProofSources {
  /** The text at a URL, asked for at one of `addresses`. @throws Error that says why there is none. */
  fetchText(url: URL, addresses: readonly LookupAddress[]): Promise<string>;
  /** The TXT records of a host name, each in its parts. @throws Error where there are none. */
  resolveTxt(hostname: string): Promise<string[][]>;
}

const LOOKUP_TIMEOUT_MS = 5000;
const LOOKUP_TRIES = 2;

/** Asks the machine's own name servers, or those that are named, each as `address:port`. */
export function createTxtLookup(nameServers?: readonly string[]): ProofSources["resolveTxt"] {
  const resolver = new Resolver({ timeout: LOOKUP_TIMEOUT_MS, tries: LOOKUP_TRIES });
  if (nameServers !== undefined) resolver.setServers(nameServers);
  return (hostname) => resolver.resolveTxt(hostname);
}

export const PROOF_SOURCES: ProofSources = { fetchText, resolveTxt: createTxtLookup() };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is looked for, where, and who is told in detail why it was not found. */
export interface ProofSearch {
  target: URL;
  /** The addresses of the target. */
  addresses: readonly LookupAddress[];
  proof: Proof;
  sources: ProofSources;
  /** For the operator alone: whoever may start scans must not learn from it what answers on which port. */
  onProblem: (reason: string) => void;
}

async function problemOfFile({
  target,
  addresses,
  proof,
  sources,
  onProblem,
}: ProofSearch): Promise<string | undefined> {
  const url = proofFileUrl(target, proof);
  try {
    const content = await sources.fetchText(url, addresses);
    if (content.trim() === proof.fileContent) return undefined;
    onProblem(`the file ${url.href} has another content`);
  } catch (error) {
    onProblem(`the file ${url.href} cannot be read (${reasonOf(error)})`);
  }
  return `the file ${url.href} does not hold the proof`;
}

async function problemOfRecord({ target, proof, sources }: ProofSearch): Promise<string | undefined> {
  const hostname = target.hostname.replace(/^\[|\]$/g, "");
  if (isIP(hostname) !== 0 || hostname === "localhost") return "an address has no TXT record";
  try {
    const records = (await sources.resolveTxt(hostname)).map((parts) => parts.join("").trim());
    return records.includes(proof.txtRecord) ? undefined : `no TXT record of ${hostname} is "${proof.txtRecord}"`;
  } catch (error) {
    return `the TXT records of ${hostname} cannot be read (${reasonOf(error)})`;
  }
}

/**
 * Looks for the proof: the file first, then the record. Undefined where one of them is there, else what is missing.
 * Nothing is remembered: a proof that was removed counts no more.
 */
export async function findProof(search: ProofSearch): Promise<string | undefined> {
  const file = await problemOfFile(search);
  if (file === undefined) return undefined;
  const record = await problemOfRecord(search);
  return record === undefined ? undefined : `${file}, and ${record}`;
}
