/** Times in milliseconds since 1970; undefined if the file does not exist. */
export interface CheckoutFacts {
  /** Of `package-lock.json`. */
  lockMs: number;
  /** When npm finished the last install. */
  installedMs: number | undefined;
  /** When the last successful build started. */
  stampMs: number | undefined;
  outputsExist: boolean;
  newestSourceMs: number;
}

/** Path of the file whose time is the start of the last successful build, relative to the checkout's root. */
export const BUILD_STAMP: string;

/** Returns what to tell a user whose Node is too old; undefined if it is not. */
export function checkNode(version: string): string | undefined;

/** What a checkout needs. An install is always followed by a build. */
export function decide(facts: CheckoutFacts): { install: boolean; build: boolean };

/** Inspects the checkout; takes a few milliseconds. */
export function readFacts(root: string): CheckoutFacts;
