import type { ScanningService } from "../service";
import type { VeracodeClient } from ".";
import { VERACODE_RULES } from "./rules";

/**
 * Returns the port of lifecycles, gates and functions, over the client of this service.
 *
 * @param missingCredentials why nothing is possible without API credentials; empty where there are some
 */
export function serviceOver(client: VeracodeClient, missingCredentials: readonly string[]): ScanningService {
  const { targets, runs, reports, webhook, service } = client;
  return {
    rules: VERACODE_RULES,
    canCheckLogin: service.isLoopback,
    configurationProblems: () => missingCredentials,
    identity: () => service.identity,
    requireSame: (owner, what) => {
      service.requireSame(owner, `go on with ${what}`);
    },
    createProject: (project) => targets.createTarget(project),
    updateProject: (projectId, changes, options) => targets.updateTarget(projectId, changes, options),
    readProject: (projectId, options) => targets.readTarget(projectId, options),
    deleteProject: (projectId, options) => targets.deleteTarget(projectId, options),
    startScan: (target, options) =>
      "webhook" in target
        ? webhook.startWebhookScan(target.webhook, options)
        : runs.startRun(target.projectId, { ...options, owner: target.owner }),
    stopScan(scan, options) {
      if ("webhook" in scan) throw new TypeError("a webhook cannot stop a scan");
      return runs.stopRun(scan.projectId, scan.scanId, { owner: scan.owner, ...options });
    },
    getScanStatus: (scan, options) =>
      "webhook" in scan
        ? webhook.getWebhookScanStatus(scan.webhook, scan.scanId, { owner: scan.owner, ...options })
        : runs.getRunStatus(scan.projectId, scan.scanId, { owner: scan.owner, ...options }),
    close: () => client.close(),
    writeReport: (scan, format, destination, options) => reports.writeReport(scan, format, destination, options),
    readReport(scan, format, options) {
      if (format === "json") throw new TypeError("the service has no JSON report");
      return reports.readJunitReport(scan, options);
    },
  };
}
