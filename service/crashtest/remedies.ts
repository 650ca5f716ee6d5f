import { CLIENT_IDENTITY_REMEDIES, type IdentityRemedies } from "../client/remedies";

/**
 * What to do about an error, where that depends on how the client is configured. Whoever configures it provides the wording;
 * the client itself knows only its options.
 */
export interface Remedies extends IdentityRemedies {
  /** How to set a missing key. */
  missingKey: string;
  /** Follows "Check": how to replace a refused key. */
  refusedKey: string;
  /** How the proof of ownership can be provided, and how to scan once it is in place. */
  targetNotVerified: string;
}

export const CLIENT_REMEDIES: Remedies = {
  ...CLIENT_IDENTITY_REMEDIES,
  missingKey: "set apiKey",
  refusedKey: "the API key.",
  targetNotVerified:
    "as a file in the target's web root, as an answer of the target, or as a DNS TXT record of its host name, leave it there, and run again.",
};
