/** Times in milliseconds since 1970; undefined where the file is not there. */
export interface CheckoutFacts {
  /** Of `package-lock.json`. */
  lockMs: number;
  /** When npm finished the last install. */
  installedMs: number | undefined;
  /** When the last build that succeeded began. */
  stampMs: number | undefined;
  outputsExist: boolean;
  newestSourceMs: number;
}

/** Path of the file whose time says when the last good build began, from the checkout's root. */
export const BUILD_STAMP: string;

/** What to tell a user whose Node is too old; undefined where it is not. */
export function checkNode(version: string): string | undefined;

/** What a checkout is in need of. An install is always followed by a build. */
export function decide(facts: CheckoutFacts): { install: boolean; build: boolean };

/** Looks at the checkout; takes a few milliseconds. */
export function readFacts(root: string): CheckoutFacts;
