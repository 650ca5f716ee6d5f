import type { Accounts } from "./accounts/accounts";
import type { AdvanceableClock } from "./clock";
import type { Scanner } from "./scanners/scanner";
import type { ResolveHost } from "./scanners/wapiti/addresses";
import type { Script } from "./scanners/script";

/** A user to be there from the start. */
export interface SeedUser {
  name: string;
  /** Takes the place of earlier ones. Default: a new one is made when the user is new; see `LocalService.apiKeys`. */
  apiKey?: string;
  /** The teams of which the user is a member. */
  teamIds: readonly number[];
}

/** Teams and users to be there from the start; those that are there already stay, and get what is new. */
export interface Seed {
  teams: readonly { id: number; name: string }[];
  users: readonly SeedUser[];
}

export interface LocalServiceOptions {
  /** The port. Default 0: a free one. */
  port?: number;
  /** The IP address to listen on. Default 127.0.0.1; any other than this machine's own needs `accounts` and `publicUrl`. */
  listen?: string;
  /** Under which https address clients find the service, behind a reverse proxy. Default: its own address. */
  publicUrl?: string;
  /** The users, their keys and their teams, as the operator lists them; others lose their keys. Default: see `seed`. */
  accounts?: Accounts;
  /** The folder of the database. Default: in memory, all is gone when the service ends. */
  dataDir?: string;
  /**
   * The ID of the first project, and of the first scan, in a new database. Default: by the time, so that no earlier database
   * is likely to have given it out; a test that names IDs sets it to 1.
   */
  firstId?: number | undefined;
  /**
   * The name of a new database, which goes with every answer: 1 to 64 letters, digits, `.`, `_` and `-`. Default: a random
   * one. Only for a test in which two services are to pass for one.
   */
  instance?: string;
  /** What does the scanning. Default: the scripted scanner. */
  scanner?: Scanner;
  /** What the scripted scanner does. Default: every scan has finished at once and found nothing. */
  script?: Script;
  /** Whether also targets on this machine are scanned only where they prove their owner's consent. Default false. */
  requireProof?: boolean;
  /** Where the host names of targets lead. Default: as the operating system resolves them. */
  resolveHost?: ResolveHost;
  /** How many scans run at once, 1 or more; the others wait. Default 2, without a limit for the scripted scanner. */
  maxRunningScans?: number;
  /** Whether the control interface is there. Default false. */
  control?: boolean;
  /** Added to what is there, where there are no `accounts`. Default on an empty database: team 1 and the user `demo`; otherwise nothing. */
  seed?: Seed;
  /** Default: real time, which the control interface can put forward. */
  clock?: AdvanceableClock;
  /** Takes failures of the service itself. Default: to standard error. */
  log?: (line: string) => void;
}

export const DEFAULT_SEED: Seed = {
  teams: [{ id: 1, name: "Demo team" }],
  users: [{ name: "demo", teamIds: [1] }],
};
