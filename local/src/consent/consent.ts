import type { LookupAddress } from "node:dns";
import { locate, resolveBySystem, type ResolveHost } from "../scanners/wapiti/addresses";
import { isLoopbackHost } from "../scanners/wapiti/target";
import type { Project } from "../store/projects";
import { findProof, PROOF_SOURCES, type ProofSources } from "./find-proof";
import { proofOf } from "./proof";

/** The addresses that a scan may connect to; or why it may not start, as the API's slug and in our words. */
export type Admission =
  { addresses: readonly LookupAddress[] } | { slug: "target_refused" | "target_not_verified"; refusal: string };

/** Decides whether the owner of a project's target has consented to scans. */
export interface Consent {
  /** Checks before each scan where the target is, and whether its proof is in place. */
  admit: (project: Pick<Project, "id" | "url" | "proofSeed">) => Promise<Admission>;
}

export interface ConsentRules {
  /** Whether targets on this machine need a proof too. */
  requireProof: boolean;
  /** Whether scans contact their targets at all: a scanner that invents its findings needs no consent. */
  touchesTargets: boolean;
  sources?: ProofSources;
  resolveHost?: ResolveHost | undefined;
  /** Receives why a proof was not found, in more detail than the user who starts scans. Default: nobody. */
  log?: (line: string) => void;
}

const notVerified = (refusal: string): Admission => ({ slug: "target_not_verified", refusal });

/** Creates consent by proof of ownership. A target on this machine needs none: whoever runs the service owns the machine. */
export function createConsent(rules: ConsentRules): Consent {
  const { requireProof, touchesTargets, sources = PROOF_SOURCES, resolveHost = resolveBySystem } = rules;
  return {
    admit: async ({ id, url, proofSeed }) => {
      const target = new URL(url);
      const isHere = isLoopbackHost(target.hostname);
      if (!touchesTargets && !requireProof) return { addresses: [] };
      if (!touchesTargets && !isHere) {
        return notVerified(
          `${target.host} is not on this machine, and the scripted scanner, which invents its findings, looks for no proof there`,
        );
      }
      const located = await locate(target, resolveHost);
      if ("problem" in located) {
        const { problem, isForbidden } = located;
        return isForbidden ? { slug: "target_refused", refusal: problem } : notVerified(problem);
      }
      if (!requireProof && isHere) return located;
      const onProblem = (reason: string): void => rules.log?.(`No proof of project ${id} was found: ${reason}`);
      const search = { target, addresses: located.addresses, proof: proofOf(proofSeed), sources, onProblem };
      const missing = await findProof(search);
      return missing === undefined
        ? located
        : notVerified(`${target.host} is not proven to belong to the project: ${missing}`);
    },
  };
}
