import type { Accounts } from "./accounts/accounts";
import type { AdvanceableClock } from "./clock";
import type { Scanner } from "./scanners/scanner";
import type { ResolveHost } from "./scanners/wapiti/addresses";
import type { Script } from "./scanners/script";
import type { SigningKey } from "./store/users";

/** A user that exists from the start. */
export interface SeedUser {
  name: string;
  /** Replaces earlier keys. Default: a new user gets a new key; see `LocalService.apiKeys`. */
  apiKey?: string;
  /** Replaces earlier ones; only with `api: "veracode"`. Default: a user without one gets one; see `LocalService.signingKeys`. */
  signingKey?: SigningKey;
  /** The teams that the user is a member of. */
  teamIds: readonly number[];
}

/** Teams and users that exist from the start; existing ones stay, and get what is new. */
export interface Seed {
  teams: readonly { id: number; name: string }[];
  users: readonly SeedUser[];
}

/** The APIs that the service can speak, one at a time. */
export type ApiName = "crashtest" | "veracode";

/** The path of webhooks in each API, before their UUID. */
export const WEBHOOK_PATHS: Readonly<Record<ApiName, string>> = {
  crashtest: "/webhook",
  veracode: "/dae/api/core-api/webhook",
};

export interface LocalServiceOptions {
  /** The API that it speaks. Default `crashtest`. */
  api?: ApiName;
  /** Whether targets may be localhost or IP addresses, which Veracode rejects; only with `api: "veracode"`. Default false. */
  allowLocalTargets?: boolean;
  /** The time that signatures are compared with, in milliseconds since 1970. Default: the machine's, which `clock` is not. */
  wallNow?: () => number;
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
