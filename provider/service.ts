import { createClient, type CrashtestClient } from "./client";
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

function overClient({ projects, scans, webhook }: CrashtestClient): Omit<ScanService, "configurationProblems"> {
  return {
    createProject: (project) => projects.createProject(project),
    deleteProject: (projectId) => projects.deleteProject(projectId),
    async startScan(target) {
      /** The webhook's answer does not say whether the scan ran before, and what nobody can tell counts as joined. */
      if ("webhook" in target) return { ...(await webhook.startWebhookScan(target.webhook)), joined: true };
      const { scanId, alreadyRunning } = await scans.startScan(target.projectId);
      return { scanId, joined: alreadyRunning };
    },
    stopScan: (projectId, scanId) => scans.stopScan(projectId, scanId),
    async getScanState(target, scanId) {
      const status =
        "webhook" in target
          ? await webhook.getWebhookScanStatus(target.webhook, scanId)
          : await scans.getScanStatus(target.projectId, scanId);
      return status?.state;
    },
  };
}

function unusableService(problems: readonly string[]): ScanService {
  const refuse = () => Promise.reject(new ConfigurationError(problems));
  return {
    configurationProblems: () => problems,
    createProject: refuse,
    deleteProject: refuse,
    startScan: refuse,
    stopScan: refuse,
    getScanState: refuse,
  };
}
