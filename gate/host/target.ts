import { createHash } from "node:crypto";
import { CrashtestError } from "../../errors/errors";
import type { LoginKind } from "../../service/login";
import type { ServiceRules } from "../../service/rules";
import { parseScanReference, type ScanReference } from "../../service/scan-reference";
import { kindOf, type ScanAddress, type ServiceIdentity } from "../../service/service";
import type { GatedScan } from "../rules/verdict";

/** The scan that a gate decides about, and its address. */
export interface GateTarget {
  source: ScanAddress;
  scan: Omit<GatedScan, "end">;
}

/** What is known of a scan that is a resource of the stack. */
export interface ScanFacts {
  /** The project's ID, or the webhook; and the scan's ID. */
  reference: ScanReference;
  urn: string;
  /** Whether it is the scan that this run asks for; else the command left it out, or nobody saw it. */
  isOfThisRun: boolean | "unseen";
  /** As the state says it: a state that does not say counts as joined. */
  joined: unknown;
  /** It began after a start whose answer was lost, so it counts as started by the deployment. */
  isFoundAfterLostStart: boolean | undefined;
  /** The ways in which it logs in; undefined without a login. */
  loginKinds: readonly LoginKind[] | undefined;
  /** The service that issued the IDs; undefined if unknown. */
  owner: ServiceIdentity | undefined;
}

/** @throws CrashtestError `ARGUMENT_INVALID` for arguments that name no scan, or two */
export function requireOneTarget({ scan, projectId, scanId }: Record<"scan" | "projectId" | "scanId", unknown>): void {
  const isByIds = projectId !== undefined || scanId !== undefined;
  if ((scan !== undefined) !== isByIds) return;
  throw new CrashtestError({
    code: "ARGUMENT_INVALID",
    problem: "ScanGate: either scan or both projectId and scanId must be set",
  });
}

/** @throws CrashtestError `ARGUMENT_INVALID` for an invalid ID or webhook */
export function targetOfScan(facts: ScanFacts, rules: ServiceRules): GateTarget {
  const source = { ...parseScanReference("ScanGate", facts.reference, rules), owner: facts.owner };
  const names = namesOf(source, rules);
  const hasLogin = facts.loginKinds !== undefined && facts.loginKinds.length > 0;
  const startedBy = startedByOf(names, facts);
  return { source, scan: { ...names, startedBy, urn: facts.urn, ...(hasLogin && { hasLogin: true as const }) } };
}

/**
 * Returns the target of a gate that is given a project's and a scan's ID: nobody can tell who started it.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` for an invalid ID
 */
export function targetOfIds(reference: ScanReference, rules: ServiceRules): GateTarget {
  const source = parseScanReference("ScanGate", reference, rules);
  return { source, scan: { ...namesOf(source, rules), startedBy: "unknown" } };
}

function startedByOf(
  { abilities }: Pick<GatedScan, "abilities">,
  { isOfThisRun, joined, isFoundAfterLostStart }: ScanFacts,
): GatedScan["startedBy"] {
  if (isOfThisRun !== true) return isOfThisRun === false ? "earlier" : isOfThisRun;
  if (!abilities.knowsWhoStarted) return "unknown";
  return joined === false || (joined === true && isFoundAfterLostStart === true) ? "deployment" : "other";
}

const namesOf = (
  source: ScanAddress,
  rules: ServiceRules,
): Pick<GatedScan, "scanId" | "projectId" | "webhookDigest" | "abilities"> => ({
  ...("projectId" in source ? { projectId: source.projectId } : { webhookDigest: digestOf(source.webhook) }),
  scanId: source.scanId,
  abilities: rules.abilitiesFor(kindOf(source)),
});

/** In hexadecimal digits: enough to tell a team's webhooks apart. */
const DIGEST_LENGTH = 16;

/** A webhook is a UUID with 122 random bits, so its digest, which the state may show, does not reveal it. */
const digestOf = (webhook: string): string =>
  `webhook-${createHash("sha256").update(webhook.toLowerCase()).digest("hex").slice(0, DIGEST_LENGTH)}`;
