import type { ServiceKind } from "../rules";

/** What to do about IDs of another service, where that depends on how the client is configured. */
export interface IdentityRemedies {
  /** Returns how an option is known to the user: "endpoint". */
  option: (name: string) => string;
  /**
   * @param kind the service that issued an ID
   * @param owner its origin
   */
  otherKind: (kind: ServiceKind, owner: string) => string;
  /** @param owner the origin of the service that issued an ID */
  otherOrigin: (owner: string) => string;
  /** What to do if the service's database is gone for good. */
  goneForGood: string;
}

export const CLIENT_IDENTITY_REMEDIES: IdentityRemedies = {
  option: (name) => name,
  otherKind: (kind, owner) => `Use the client of ${kind} for what is at ${owner}.`,
  otherOrigin: (owner) =>
    `To go on with what is at ${owner}, set endpoint and apiKey to their former values. If it is the same service under a new ` +
    `address, set formerEndpoints to ["${owner}"].`,
  goneForGood: "forget its IDs",
};
