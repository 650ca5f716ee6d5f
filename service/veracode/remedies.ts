import { CLIENT_IDENTITY_REMEDIES, type IdentityRemedies } from "../client/remedies";

/** What to do about an error, where that depends on how the client is configured. */
export interface Remedies extends IdentityRemedies {
  /** How to set missing credentials. */
  missingCredentials: string;
  /** Follows "Check": where the refused credentials come from. */
  refusedCredentials: string;
  /** Returns how to go on with a target that exists. */
  adopt: (targetId: string) => string;
}

export const CLIENT_REMEDIES: Remedies = {
  ...CLIENT_IDENTITY_REMEDIES,
  missingCredentials: "set apiId and apiKey",
  refusedCredentials: "apiId and apiKey",
  adopt: (targetId) => `use its ID, ${targetId}`,
};
