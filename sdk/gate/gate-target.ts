import * as pulumi from "@pulumi/pulumi";
import type { GatedScan } from "../../findings/gate/evidence";
import type { ReportSource } from "../../provider/client";
import { CrashtestError } from "../../provider/errors";
import type { Scan } from "../scan";
import { parseScanReference, type ScanReference } from "../scan-reference";

/** Which scan a gate is about: one of this program, or one that is given by its IDs. */
export type GateTargetArgs =
  | {
      /** The scan to wait for. */
      scan: Scan;
      projectId?: never;
      scanId?: never;
    }
  | {
      scan?: never;
      /** The project's ID, a whole number above 0. */
      projectId: pulumi.Input<string | number>;
      /** The scan's ID, a whole number above 0. Who started it nobody can tell, so `acceptJoined` has to be true. */
      scanId: pulumi.Input<string | number>;
    };

/** The scan that a gate decides about, and how it is asked for. */
export interface GateTarget {
  source: ReportSource;
  scan: Omit<GatedScan, "end">;
}

/** @throws CrashtestError `ARGUMENT_INVALID` for arguments that name no scan, or two */
export function gateTargetOf(args: GateTargetArgs): pulumi.Output<GateTarget> {
  const given: Record<string, unknown> = { ...args };
  const isByIds = given["projectId"] !== undefined || given["scanId"] !== undefined;
  if ((given["scan"] !== undefined) === isByIds) {
    throw new CrashtestError({
      code: "ARGUMENT_INVALID",
      problem: "ScanGate: scan has to be set, or projectId and scanId, and not both",
    });
  }
  if (args.scan === undefined)
    return pulumi.output(args).apply(({ projectId, scanId }) => byIds({ projectId, scanId }));
  return ofScan(args.scan);
}

function byIds(reference: ScanReference): GateTarget {
  const source = parseScanReference("ScanGate", reference);
  return { source, scan: { ...namesOf(source), startedBy: "unknown" } };
}

function ofScan(scan: Scan): pulumi.Output<GateTarget> {
  /** A verdict never holds the webhook, so what is decided about such a scan is no secret. */
  const owner: pulumi.Output<Partial<ScanReference>> =
    scan.transport === "webhook"
      ? pulumi.unsecret(scan.webhook).apply((webhook) => ({ webhook }))
      : scan.projectId.apply((projectId) => ({ projectId }));
  const facts = pulumi.all([owner, scan.scanId, scan.joined, scan.urn, scan.isOfThisRun(), scan.service]);
  return facts.apply(([ownerId, scanId, joined, urn, isOfThisRun, owner]) => {
    const source = { ...parseScanReference("ScanGate", { ...ownerId, scanId }), owner };
    const startedBy = !isOfThisRun ? "earlier" : "webhook" in source ? "unknown" : startedByOf(joined);
    return { source, scan: { ...namesOf(source), startedBy, urn } };
  });
}

/** Where a state does not say, nobody can tell, which counts as joined. */
const startedByOf = (joined: unknown): GatedScan["startedBy"] => (joined === false ? "deployment" : "other");

const namesOf = (source: ReportSource): Pick<GatedScan, "scanId" | "projectId" | "transport"> =>
  "projectId" in source
    ? { projectId: source.projectId, scanId: source.scanId, transport: "project" }
    : { scanId: source.scanId, transport: "webhook" };
