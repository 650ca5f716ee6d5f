import type { Consent } from "../consent/consent";
import type { Project } from "../store/projects";
import type { Scan } from "../store/scans";
import type { ScanRunner, StartDetails } from "./scan-runner";

/** What starting a scan needs, the same in every API and transport. */
export interface ScanStarting {
  runner: ScanRunner;
  consent: Consent;
}

/** Why a scan may not start. */
export interface ScanRefusal {
  slug: "target_refused" | "target_not_verified";
  reason: string;
}

/**
 * Starts a scan of the project, or returns the running one. `findProject` is called again after the proof was checked,
 * since the project may have been deleted in the meantime.
 */
export async function startScan(
  { runner, consent }: ScanStarting,
  findProject: () => Project,
  details: StartDetails = {},
): Promise<{ scan: Scan; isNew: boolean } | { refusal: ScanRefusal }> {
  const project = findProject();
  const running = runner.findRunning(project);
  if (running !== undefined) return { scan: running, isNew: false };
  const reason = runner.refuse(project);
  if (reason !== undefined) return { refusal: { slug: "target_refused", reason } };
  const admission = await consent.admit(project);
  if ("refusal" in admission) return { refusal: { slug: admission.slug, reason: admission.refusal } };
  return runner.start(findProject(), admission.addresses, details);
}
