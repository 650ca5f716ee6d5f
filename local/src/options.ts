import type { Accounts } from "./accounts/accounts";
import type { AdvanceableClock } from "./clock";
import type { Scanner } from "./scanners/scanner";
import type { ResolveHost } from "./scanners/wapiti/addresses";
import type { Script } from "./scanners/script";

/** A user that exists from the start. */
export interface SeedUser {
  name: string;
  /** Replaces earlier keys. Default: a new user gets a new key; see `LocalService.apiKeys`. */
  apiKey?: string;
  /** The teams that the user is a member of. */
  teamIds: readonly number[];
}

/** Teams and users that exist from the start; existing ones stay, and get what is new. */
export interface Seed {
  teams: readonly { id: number; name: string }[];
  users: readonly SeedUser[];
}

export interface LocalServiceOptions {
  /** The port. Default 0: a free one. */
  port?: number;
  /** The IP address to listen on. Default 127.0.0.1; addresses beyond this machine need `accounts` and `publicUrl`. */
  listen?: string;
  /** The https address that clients use, behind a reverse proxy. Default: the service's own address. */
  publicUrl?: string;
  /** The users, their keys and their teams, as the operator lists them; others lose their keys. Default: see `seed`. */
  accounts?: Accounts;
  /** The folder of the database. Default: in memory, everything is gone when the service ends. */
  dataDir?: string;
  /**
   * The ID of the first project, and of the first scan, in a new database. Default: based on the current time, so that an
   * earlier database is unlikely to have issued it; a test that names IDs sets it to 1.
   */
  firstId?: number | undefined;
  /**
   * The name of a new database, sent with every answer: 1 to 64 letters, digits, `.`, `_` and `-`. Default: random. Only
   * for a test in which two services pretend to be one.
   */
  instance?: string;
  /** The scanner. Default: the scripted one. */
  scanner?: Scanner;
  /** What the scripted scanner does. Default: every scan finishes at once and finds nothing. */
  script?: Script;
  /** Whether targets on this machine need a proof of their owner's consent too. Default false. */
  requireProof?: boolean;
  /** Resolves the host names of targets. Default: the operating system's resolver. */
  resolveHost?: ResolveHost;
  /** How many scans run at once, 1 or more; the others wait. Default 2; no limit for the scripted scanner. */
  maxRunningScans?: number;
  /** Whether the control interface is enabled. Default false. */
  control?: boolean;
  /** Added to the existing data if there are no `accounts`. Default for an empty database: team 1 and the user `demo`; otherwise nothing. */
  seed?: Seed;
  /** Default: real time, which the control interface can move forward. */
  clock?: AdvanceableClock;
  /** Receives failures of the service itself. Default: standard error. */
  log?: (line: string) => void;
}

export const DEFAULT_SEED: Seed = {
  teams: [{ id: 1, name: "Demo team" }],
  users: [{ name: "demo", teamIds: [1] }],
};
