import type { RequestHandler } from "express";
import type { Clock } from "../../clock";
import { WEBHOOK_PATHS } from "../../options";
import type { ScanStarting } from "../../scans/start-scan";
import type { Store } from "../../store/open-store";
import type { Access } from "../access";
import type { Api } from "../api";
import { createAuthentication } from "./authentication";
import { authenticationOperations } from "./authentications";
import { createLookups } from "./lookups";
import { VERACODE_ROUTES, type VeracodeOperations } from "./operations";
import { sendProblem } from "./problem";
import { createProfileMemory } from "./profile-settings";
import { profileOperations } from "./profiles";
import { reportOperations } from "./reports";
import { runOperations } from "./runs";
import { specificationOperations } from "./specifications";
import { targetOperations } from "./targets";
import { teamUuidOf } from "./team-id";
import { webhookOperations } from "./webhook";

export interface VeracodeParts extends ScanStarting {
  store: Store;
  access: Access;
  clock: Clock;
  /** The time that signatures are compared with, in milliseconds since 1970. */
  wallNow: () => number;
  /** Whether localhost and IP addresses may be targets, which the real service rejects. */
  allowLocal: boolean;
  /** Receives failures of the service itself. */
  log: (line: string) => void;
  overrides: Partial<VeracodeOperations>;
}

/** Creates the API of Veracode DAST Essentials. */
export function createVeracodeApi(parts: VeracodeParts): Api {
  const { store, access, clock, wallNow, allowLocal, runner, consent, log, overrides } = parts;
  const { projects, scans } = store;
  const lookups = createLookups(store, access);
  const stopping = new Set<number>();
  const memory = createProfileMemory();
  const authentication = createAuthentication({ findSigner: store.users.findSigner, now: wallNow });
  const operations: VeracodeOperations = {
    ...targetOperations({ projects, scans, runner, access, lookups, stopping, memory, clock, allowLocal }),
    ...specificationOperations(lookups, memory),
    ...profileOperations({ projects, access, lookups }),
    ...authenticationOperations(lookups, memory),
    ...runOperations({ scans, runner, consent, lookups, stopping, memory, log }),
    ...reportOperations(lookups),
    ...webhookOperations({ runner, consent }, access, memory),
    ...overrides,
  };
  return {
    contractFile: "veracode.yaml",
    securitySchemes: ["hmac"],
    operations,
    routes: VERACODE_ROUTES,
    webhookPath: WEBHOOK_PATHS.veracode,
    setup: (teamId) => [
      "pulumi config set crashtest:service veracode",
      `pulumi config set crashtest:teamId ${teamUuidOf(teamId)}`,
      "pulumi config set crashtest:veracodeApiId",
      "pulumi config set --secret crashtest:veracodeApiKey",
    ],
    before: [tellTime(wallNow)],
    guards: [authentication.guard],
    authenticate: authentication.userOf,
    sendRefusal: sendProblem,
  };
}

/** Clients compare `Date` with their own clock if their signature is rejected. */
const tellTime =
  (wallNow: () => number): RequestHandler =>
  (_request, response, next) => {
    response.setHeader("Date", new Date(wallNow()).toUTCString());
    next();
  };
