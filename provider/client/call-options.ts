import type { ServiceIdentity } from "../service-identity";

/** Whose IDs a call is given. */
export interface OwnerOption {
  /** The service that the IDs were given out by; another one is not asked. @default not checked */
  owner?: ServiceIdentity | undefined;
}

/** What a caller may say of one call. */
export interface CallOptions extends OwnerOption {
  /**
   * Ends the call at once: also while it waits to try again, for its turn, or for the rest of an answer. It then fails as
   * one without an answer. Not for calls whose outcome would be unknown after that. @default the call ends by itself
   */
  signal?: AbortSignal | undefined;
}
