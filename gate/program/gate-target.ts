import * as pulumi from "@pulumi/pulumi";
import { resourcesOf } from "../../program/outputs";
import { programRules } from "../../program/service";
import type { LoginKind } from "../../service/login";
import type { ScanReference } from "../../service/scan-reference";
import type { ServiceIdentity, TargetKind } from "../../service/service";
import { type GateTarget, requireOneTarget, targetOfIds, targetOfScan } from "../host/target";

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

/**
 * Returns the scan that a gate is about. An ID that comes from a scan of the program stands for that scan: the engine has its
 * earlier ID even if the command left it out.
 *
 * @throws CrashtestError `ARGUMENT_INVALID` for arguments that name no scan, or two
 */
export function gateTargetOf({ scan, projectId, scanId }: TargetArgs): pulumi.Output<GateTarget> {
  requireOneTarget({ scan, projectId, scanId });
  const named = scan ?? resourcesOf(scanId).find(isScanOfProgram);
  if (named !== undefined) return ofScan(named);
  return pulumi
    .output({ projectId, scanId })
    .apply((ids): GateTarget => targetOfIds(ids as ScanReference, programRules()));
}

const isScanOfProgram = (resource: pulumi.Resource): resource is pulumi.Resource & ScanOfProgram =>
  "isOfThisRun" in resource;

function ofScan(scan: ScanOfProgram): pulumi.Output<GateTarget> {
  // A verdict never holds the webhook, only its digest, so what is decided about such a scan is not secret.
  const owner: pulumi.Output<Partial<ScanReference>> =
    scan.transport === "webhook"
      ? pulumi.unsecret(scan.webhook).apply((webhook) => ({ webhook }))
      : scan.projectId.apply((projectId) => ({ projectId }));
  const { scanId, joined, isFoundAfterLostStart, urn, loginKinds, service } = scan;
  const isOfThisRun = scan.isOfThisRun();
  return pulumi
    .output({ owner, scanId, urn, isOfThisRun, joined, isFoundAfterLostStart, loginKinds, service })
    .apply(({ owner: ownerId, scanId: id, service: issuer, ...facts }) => {
      const reference = { ...ownerId, scanId: id } as ScanReference;
      return targetOfScan({ ...facts, reference, owner: issuer }, programRules());
    });
}
