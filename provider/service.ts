import { ApiError, createClient, type CrashtestClient } from "./client";
import { clientOptionsOf, readSettings, type SettingSources } from "./config/settings";
import { API_KEY_REMEDY, ConfigurationError } from "./errors";
import type { ScanService } from "./lifecycle/service";

/**
 * The composition root of the provider's process: settings, client, and the port of the lifecycles over both.
 *
 * Settings that cannot be used are no error here: `check` reports them, so that a deployment stops with all of them.
 */
export function createScanService(sources: SettingSources): ScanService {
  const { settings, problems } = readSettings(sources);
  if (problems.length > 0) return unusableService(problems);
  let client: CrashtestClient;
  try {
    client = createClient(clientOptionsOf(settings));
  } catch (error) {
    if (error instanceof ConfigurationError) return unusableService(error.problems);
    throw error;
  }
  const missingKey = settings.apiKey === undefined ? [`there is no API key: ${API_KEY_REMEDY}`] : [];
  return {
    configurationProblems: (transport) => (transport === "project" ? missingKey : []),
    ...overClient(client),
  };
}

function overClient({
  projects,
  scans,
  webhook,
  service,
}: CrashtestClient): Omit<ScanService, "configurationProblems"> {
  return {
    identity: () => service.identity,
    requireSame: (owner, what) => {
      service.requireSame(owner, `go on with ${what}`);
    },
    createProject: (project) => projects.createProject(project),
    deleteProject: (projectId, owner) => projects.deleteProject(projectId, { owner }),
    async startScan(target) {
      /** The webhook's answer does not say whether the scan ran before, and what nobody can tell counts as joined. */
      if ("webhook" in target) return { ...(await webhook.startWebhookScan(target.webhook)), joined: true };
      try {
        const {
          scanId,
          alreadyRunning,
          service: startedBy,
        } = await scans.startScan(target.projectId, { owner: target.owner });
        return { scanId, joined: alreadyRunning, service: startedBy };
      } catch (error) {
        if (error instanceof ApiError && error.serviceMessage === "project_not_found") return "projectNotFound";
        throw error;
      }
    },
    stopScan: (projectId, scanId, owner) => scans.stopScan(projectId, scanId, { owner }),
    async getScanState(target, scanId) {
      const status =
        "webhook" in target
          ? await webhook.getWebhookScanStatus(target.webhook, scanId, { owner: target.owner })
          : await scans.getScanStatus(target.projectId, scanId, { owner: target.owner });
      return status?.state;
    },
  };
}

function unusableService(problems: readonly string[]): ScanService {
  const error = new ConfigurationError(problems);
  const refuse = () => Promise.reject(error);
  return {
    configurationProblems: () => problems,
    identity: () => {
      throw error;
    },
    requireSame: () => undefined,
    createProject: refuse,
    deleteProject: refuse,
    startScan: refuse,
    stopScan: refuse,
    getScanState: refuse,
  };
}
