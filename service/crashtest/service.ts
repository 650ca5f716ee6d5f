import { ApiError } from "../http/errors";
import type { ScanningService } from "../service";
import { CRASHTEST_RULES } from "./rules";
import type { CrashtestClient } from ".";

/**
 * Returns the port of lifecycles, gates and functions, over the client of this service.
 *
 * @param missingKey why operations on projects are not possible without an API key; empty where there is one
 */
export function serviceOver(client: CrashtestClient, missingKey: readonly string[]): ScanningService {
  const { projects, scans, webhook, reports, service } = client;
  return {
    rules: CRASHTEST_RULES,
    canCheckLogin: service.isLoopback,
    configurationProblems: (kind) => (kind === "project" ? missingKey : []),
    identity: () => service.identity,
    requireSame: (owner, what) => {
      service.requireSame(owner, `go on with ${what}`);
    },
    createProject: (project) => projects.createProject(project),
    updateProject: (projectId) => Promise.reject(new TypeError(`project ${projectId} cannot be updated`)),
    readProject: (projectId) => Promise.reject(new TypeError(`project ${projectId} cannot be read`)),
    deleteProject: (projectId, options) => projects.deleteProject(projectId, options),
    async startScan(target, options) {
      // Whether it was already running is not known, which counts as joined.
      if ("webhook" in target) return { ...(await webhook.startWebhookScan(target.webhook, options)), joined: true };
      try {
        return await scans.startScan(target.projectId, { ...options, owner: target.owner });
      } catch (error) {
        if (error instanceof ApiError && error.serviceMessage === "project_not_found") return "projectNotFound";
        throw error;
      }
    },
    stopScan(scan, options) {
      if ("webhook" in scan) throw new TypeError("a webhook cannot stop a scan");
      return scans.stopScan(scan.projectId, scan.scanId, { owner: scan.owner, ...options });
    },
    getScanStatus: (scan, options) =>
      "webhook" in scan
        ? webhook.getWebhookScanStatus(scan.webhook, scan.scanId, { owner: scan.owner, ...options })
        : scans.getScanStatus(scan.projectId, scan.scanId, { owner: scan.owner, ...options }),
    close: () => client.close(),
    writeReport(scan, format, destination, options) {
      if (format === "csv") throw new TypeError("a csv report passed the check of its arguments");
      return reports.writeReport(scan, format, destination, options);
    },
    readReport: (scan, format, options) =>
      format === "json" ? reports.readJsonReport(scan, options) : reports.readXmlReport(scan, options),
  };
}
