import type { ScanningService } from "../service/service";
import type { ServiceRules } from "../service/rules";
import { connect, rulesFrom } from "../service/settings/connect";
import { settingWarnings } from "../service/settings/settings";
import { warn } from "./log";
import { programSettings, programSources } from "./settings";

/** Returns the rules of the service that this program's settings choose; other settings may be invalid. */
export const programRules = (): ServiceRules => rulesFrom(programSources());

/** By settings: with the Automation API the programs of several stacks run in one process. */
const services = new Map<string, ScanningService>();

/**
 * Returns the service of this program: one, with one connection pool, for all functions of a run.
 *
 * @throws ConfigurationError with all invalid settings
 */
export function programService(): ScanningService {
  const settings = programSettings();
  const key = JSON.stringify(settings);
  const known = services.get(key);
  if (known !== undefined) return known;
  const service = connect(settings);
  services.set(key, service);
  for (const warning of settingWarnings(settings)) warn(warning);
  return service;
}
