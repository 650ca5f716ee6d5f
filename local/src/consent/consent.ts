import { isLoopbackHost } from "../scanners/wapiti/target";
import type { Project } from "../store/projects";
import { findProof, PROOF_SOURCES, type ProofSources } from "./find-proof";
import { proofOf } from "./proof";

/** Whether the owner of a project's target agrees to its being scanned. */
export interface Consent {
  /** Why a scan of the project may not begin, or undefined where it may. Asked before each scan. */
  refuse: (project: Pick<Project, "url" | "proofHash">) => Promise<string | undefined>;
}

export interface ConsentRules {
  /** Whether also targets on this machine need a proof. */
  requireProof: boolean;
  /** Whether scans reach their targets at all: a scanner that invents its findings needs nobody's consent. */
  touchesTargets: boolean;
  sources?: ProofSources;
}

/** Consent by proof of ownership. A target on this machine needs none: whoever runs the service owns the machine. */
export function createConsent({ requireProof, touchesTargets, sources = PROOF_SOURCES }: ConsentRules): Consent {
  return {
    refuse: async ({ url, proofHash }) => {
      const target = new URL(url);
      const needsProof = requireProof || (touchesTargets && !isLoopbackHost(target.hostname));
      if (!needsProof) return undefined;
      if (!touchesTargets && !isLoopbackHost(target.hostname)) {
        return `${target.host} is beyond this machine, where a scanner that invents its findings has nothing to look for`;
      }
      const missing = await findProof(target, proofOf(proofHash), sources);
      return missing === undefined ? undefined : `${target.host} is not proved to be the project's: ${missing}`;
    },
  };
}
