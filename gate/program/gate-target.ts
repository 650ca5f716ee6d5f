import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { CrashtestError } from "../../errors/errors";
import { programRules } from "../../program/service";
import { parseScanReference, type ScanReference } from "../../service/scan-reference";
import { kindOf, type ScanAddress, type ServiceIdentity, type TargetKind } from "../../service/service";
import type { LoginKind } from "../../service/login";
import type { GatedScan } from "../rules/verdict";

/** What a gate knows of a scan of the same program. */
export interface ScanOfProgram {
  readonly transport: TargetKind;
  readonly projectId: pulumi.Output<string | undefined>;
  readonly webhook: pulumi.Output<string | undefined>;
  readonly scanId: pulumi.Output<string>;
  readonly joined: pulumi.Output<boolean>;
  readonly isFoundAfterLostStart: pulumi.Output<boolean | undefined>;
  /** The ways in which it logs in; undefined without a login. */
  readonly loginKinds: pulumi.Output<readonly LoginKind[] | undefined>;
  readonly urn: pulumi.Output<string>;
  readonly service: pulumi.Output<ServiceIdentity | undefined>;
  /** Whether it is the scan that this run asks for. */
  isOfThisRun(): pulumi.Output<boolean>;
}

/** Which scan a gate is about: one of this program, or one that is given by its IDs. */
export interface TargetArgs {
  scan?: ScanOfProgram | undefined;
  projectId?: pulumi.Input<string | number> | undefined;
  scanId?: pulumi.Input<string | number> | undefined;
}

/** The scan that a gate decides about, and its address. */
export interface GateTarget {
  source: ScanAddress;
  scan: Omit<GatedScan, "end">;
}

/** @throws CrashtestError `ARGUMENT_INVALID` for arguments that name no scan, or two */
export function gateTargetOf({ scan, projectId, scanId }: TargetArgs): pulumi.Output<GateTarget> {
  const isByIds = projectId !== undefined || scanId !== undefined;
  if ((scan !== undefined) === isByIds) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: "ScanGate: either scan or both projectId and scanId must be set",
    });
  }
  if (scan !== undefined) return ofScan(scan);
  return pulumi.output({ projectId, scanId }).apply((ids): GateTarget => {
    const source = parseScanReference("ScanGate", ids as ScanReference, programRules());
    return { source, scan: { ...namesOf(source), startedBy: "unknown" } };
  });
}

function ofScan(scan: ScanOfProgram): pulumi.Output<GateTarget> {
  // A verdict never holds the webhook, only its digest, so what is decided about such a scan is not secret.
  const owner: pulumi.Output<Partial<ScanReference>> =
    scan.transport === "webhook"
      ? pulumi.unsecret(scan.webhook).apply((webhook) => ({ webhook }))
      : scan.projectId.apply((projectId) => ({ projectId }));
  // A scan that was found after a lost start began after this deployment, so it counts as started by it.
  const isForeign = pulumi.all([scan.joined, scan.isFoundAfterLostStart]).apply(([joined, found]) => joined && !found);
  const hasLogin = scan.loginKinds.apply((kinds) => kinds !== undefined && kinds.length > 0);
  const facts = pulumi.all([owner, scan.scanId, isForeign, scan.urn, scan.isOfThisRun(), scan.service, hasLogin]);
  return facts.apply(([ownerId, scanId, joined, urn, isOfThisRun, owner, logsIn]) => {
    const source = { ...parseScanReference("ScanGate", { ...ownerId, scanId }, programRules()), owner };
    const names = namesOf(source);
    const startedBy = isOfThisRun ? startedByOf(names, joined) : "earlier";
    return { source, scan: { ...names, startedBy, urn, ...(logsIn && { hasLogin: true as const }) } };
  });
}

/** A state that does not say counts as joined. */
function startedByOf({ abilities }: Pick<GatedScan, "abilities">, joined: unknown): GatedScan["startedBy"] {
  if (!abilities.knowsWhoStarted) return "unknown";
  return joined === false ? "deployment" : "other";
}

const namesOf = (source: ScanAddress): Pick<GatedScan, "scanId" | "projectId" | "webhookDigest" | "abilities"> => ({
  ...("projectId" in source ? { projectId: source.projectId } : { webhookDigest: digestOf(source.webhook) }),
  scanId: source.scanId,
  abilities: programRules().abilitiesFor(kindOf(source)),
});

/** In hexadecimal digits: enough to tell a team's webhooks apart. */
const DIGEST_LENGTH = 16;

/** A webhook is a UUID with 122 random bits, so its digest, which the state may show, does not reveal it. */
const digestOf = (webhook: string): string =>
  `webhook-${createHash("sha256").update(webhook.toLowerCase()).digest("hex").slice(0, DIGEST_LENGTH)}`;
