import { ConfigurationError } from "../../errors/errors";
import { createClient } from "../crashtest";
import { serviceOver } from "../crashtest/service";
import type { ServiceRules } from "../rules";
import type { ScanningService } from "../service";
import { createClient as createVeracodeClient } from "../veracode";
import { serviceOver as serviceOverVeracode } from "../veracode/service";
import { PULUMI_REMEDIES, VERACODE_PULUMI_REMEDIES } from "./remedies";
import { rulesOf } from "./rules";
import {
  clientOptionsOf,
  isKeySet,
  readSettings,
  serviceKindOf,
  veracodeOptionsOf,
  type Settings,
  type SettingSources,
} from "./settings";

/** Returns the rules of the service that the settings choose, even if other settings are invalid. */
export const rulesFrom = (sources: SettingSources): ServiceRules => rulesOf(serviceKindOf(sources));

/**
 * The composition root: makes a client from settings, and the port of the service from the client.
 *
 * @throws ConfigurationError where a setting is invalid
 */
export const connect = (settings: Settings): ScanningService =>
  settings.service === "veracode" ? connectToVeracode(settings) : connectToCrashtest(settings);

function connectToCrashtest(settings: Settings): ScanningService {
  const missingKey = settings.apiKey === undefined ? [`the API key is missing: ${PULUMI_REMEDIES.missingKey}`] : [];
  return serviceOver(createClient(clientOptionsOf(settings), PULUMI_REMEDIES), missingKey);
}

function connectToVeracode(settings: Settings): ScanningService {
  const client = createVeracodeClient(veracodeOptionsOf(settings), VERACODE_PULUMI_REMEDIES);
  const missing = `the API credentials are missing: ${VERACODE_PULUMI_REMEDIES.missingCredentials}`;
  return serviceOverVeracode(client, client.hasCredentials ? [] : [missing]);
}

/**
 * As `connect`, for the provider: invalid settings do not throw, since `check` reports all of them at once.
 *
 * @param others what else is wrong with them
 */
export function connectOrRefuse(sources: SettingSources, others: readonly string[] = []): ScanningService {
  const { settings, problems: invalid } = readSettings(sources);
  const problems = [...invalid, ...others];
  const rules = rulesFrom(sources);
  try {
    const service = connect(settings);
    if (problems.length === 0) return service;
    // A key that is set but invalid is not missing.
    return unusableService(problems, rules, (kind) => (isKeySet(sources) ? [] : service.configurationProblems(kind)));
  } catch (error) {
    if (error instanceof ConfigurationError) return unusableService([...problems, ...error.problems], rules);
    throw error;
  }
}

function unusableService(
  problems: readonly string[],
  rules: ServiceRules,
  missing: ScanningService["configurationProblems"] = () => [],
): ScanningService {
  const error = new ConfigurationError(problems);
  const refuse = () => Promise.reject(error);
  return {
    rules,
    // What is wrong is the settings, not the login.
    canCheckLogin: true,
    configurationProblems: (kind) => [...problems, ...missing(kind)],
    identity: () => {
      throw error;
    },
    requireSame: () => undefined,
    createProject: refuse,
    updateProject: refuse,
    readProject: refuse,
    deleteProject: refuse,
    startScan: refuse,
    stopScan: refuse,
    getScanStatus: refuse,
    close: () => Promise.resolve(),
    writeReport: refuse,
    readReport: refuse,
  };
}
