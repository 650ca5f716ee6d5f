/**
 * What to do about an error, where that depends on how the client is configured. Whoever configures it provides the wording;
 * the client itself knows only its options.
 */
export interface Remedies {
  /** Returns how an option is known to the user: "endpoint". */
  option: (name: string) => string;
  /** How to set a missing key. */
  missingKey: string;
  /** Follows "Check": how to replace a refused key. */
  refusedKey: string;
  /** How the proof of ownership can be provided, and how to scan once it is in place. */
  targetNotVerified: string;
  /** @param owner the origin of the service that issued an ID */
  otherOrigin: (owner: string) => string;
  /** What to do if the service's database is gone for good. */
  goneForGood: string;
}

export const CLIENT_REMEDIES: Remedies = {
  option: (name) => name,
  missingKey: "set apiKey",
  refusedKey: "the API key.",
  targetNotVerified:
    "as a file in the target's web root, as an answer of the target, or as a DNS TXT record of its host name, leave it there, and run again.",
  otherOrigin: (owner) =>
    `To go on with what is at ${owner}, set endpoint and apiKey to their former values. If it is the same service under a new ` +
    `address, set formerEndpoints to ["${owner}"].`,
  goneForGood: "forget its IDs",
};
