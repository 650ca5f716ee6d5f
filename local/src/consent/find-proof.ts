import type { LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { fetchText } from "./fetch-text";
import { urlOf, type Proof, type ProofPlace } from "./proof";

/** The sources in which a proof is looked up. */
export interface ProofSources {
  /** Fetches the text at a URL from one of `addresses`. @throws Error that says why it failed. */
  fetchText(url: URL, addresses: readonly LookupAddress[]): Promise<string>;
  /** Resolves the TXT records of a host name, each in its parts. @throws Error if there are none. */
  resolveTxt(hostname: string): Promise<string[][]>;
}

const LOOKUP_TIMEOUT_MS = 5000;
const LOOKUP_TRIES = 2;

/** Asks the machine's own name servers, or the given ones, each as `address:port`. */
export function createTxtLookup(nameServers?: readonly string[]): ProofSources["resolveTxt"] {
  const resolver = new Resolver({ timeout: LOOKUP_TIMEOUT_MS, tries: LOOKUP_TRIES });
  if (nameServers !== undefined) resolver.setServers(nameServers);
  return (hostname) => resolver.resolveTxt(hostname);
}

export const PROOF_SOURCES: ProofSources = { fetchText, resolveTxt: createTxtLookup() };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The proof to look for, where, and who gets the details if it is not found. */
export interface ProofSearch {
  target: URL;
  /** The addresses of the target. */
  addresses: readonly LookupAddress[];
  proof: Proof;
  sources: ProofSources;
  /** For the operator only: users who start scans must not learn from it what answers on which port. */
  onProblem: (reason: string) => void;
}

async function isShownAt(place: ProofPlace, { target, addresses, sources, onProblem }: ProofSearch): Promise<boolean> {
  const url = urlOf(target, place);
  try {
    const text = await sources.fetchText(url, addresses);
    if (text.trim() === place.text) return true;
    onProblem(`${url.href} has different content`);
  } catch (error) {
    onProblem(`${url.href} cannot be read (${reasonOf(error)})`);
  }
  return false;
}

async function problemOfRecord({ target, proof, sources }: ProofSearch): Promise<string | undefined> {
  const hostname = target.hostname.replace(/^\[|\]$/g, "");
  if (isIP(hostname) !== 0 || hostname === "localhost") return "an address has no TXT record";
  try {
    const records = (await sources.resolveTxt(hostname)).map((parts) => parts.join("").trim());
    const isThere = [proof, proof.earlier].some((form) => form !== undefined && records.includes(form.txtRecord));
    return isThere ? undefined : `no TXT record of ${hostname} is "${proof.txtRecord}"`;
  } catch (error) {
    return `the TXT records of ${hostname} cannot be read (${reasonOf(error)})`;
  }
}

/**
 * Looks for the proof: the file first, then all other places at once. Returns undefined if it is at one of them, otherwise
 * what is missing. Nothing is cached: a proof that was removed no longer counts.
 */
export async function findProof(search: ProofSearch): Promise<string | undefined> {
  const { target, proof } = search;
  if (await isShownAt(proof.file, search)) return undefined;
  const others = proof.earlier === undefined ? proof.endpoints : [...proof.endpoints, proof.earlier.file];
  const [record, ...areShown] = await Promise.all([
    problemOfRecord(search),
    ...others.map((place) => isShownAt(place, search)),
  ]);
  if (record === undefined || areShown.includes(true)) return undefined;
  const endpoints = proof.endpoints.map((place) => urlOf(target, place).href).join(" nor ");
  return `the file ${urlOf(target, proof.file).href} does not contain the proof, neither ${endpoints} responds with it, and ${record}`;
}
