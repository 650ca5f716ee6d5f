import type { LookupAddress } from "node:dns";
import { locate, resolveBySystem, type ResolveHost } from "../scanners/wapiti/addresses";
import { isLoopbackHost } from "../scanners/wapiti/target";
import type { Project } from "../store/projects";
import { findProof, PROOF_SOURCES, type ProofSources } from "./find-proof";
import { proofOf } from "./proof";

/** That a scan may begin, and which addresses it may connect to; or why it may not, in the API's word and in ours. */
export type Admission =
  { addresses: readonly LookupAddress[] } | { slug: "target_refused" | "target_not_verified"; refusal: string };

/** Whether the owner of a project's target agrees to its being scanned. */
export interface Consent {
  /** Asked before each scan: where the target is, and whether its proof is there. */
  admit: (project: Pick<Project, "id" | "url" | "proofSeed">) => Promise<Admission>;
}

export interface ConsentRules {
  /** Whether also targets on this machine need a proof. */
  requireProof: boolean;
  /** Whether scans reach their targets at all: a scanner that invents its findings needs nobody's consent. */
  touchesTargets: boolean;
  sources?: ProofSources;
  resolveHost?: ResolveHost | undefined;
  /** Told why a proof was not found, in more detail than whoever starts scans. Default: nobody. */
  log?: (line: string) => void;
}

const notVerified = (refusal: string): Admission => ({ slug: "target_not_verified", refusal });

/** Consent by proof of ownership. A target on this machine needs none: whoever runs the service owns the machine. */
export function createConsent(rules: ConsentRules): Consent {
  const { requireProof, touchesTargets, sources = PROOF_SOURCES, resolveHost = resolveBySystem } = rules;
  return {
    admit: async ({ id, url, proofSeed }) => {
      const target = new URL(url);
      const isHere = isLoopbackHost(target.hostname);
      if (!touchesTargets && !requireProof) return { addresses: [] };
      if (!touchesTargets && !isHere) {
        return notVerified(
          `${target.host} is beyond this machine, where a scanner that invents its findings has nothing to look for`,
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
        : notVerified(`${target.host} is not proved to be the project's: ${missing}`);
    },
  };
}
