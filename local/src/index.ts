import type { LocalServiceOptions } from "./options";
import { startService, type LocalService } from "./service";

export { createManualClock, createRunningClock, type AdvanceableClock, type Clock } from "./clock";
export type { Fault } from "./control/fault";
export type { LoggedRequest } from "./control/request-log";
export type { ApiName, LocalServiceOptions, Seed, SeedUser } from "./options";
export type { SigningKey } from "./store/users";
export { EXAMPLE_SCRIPT } from "./scanners/example-script";
export { parseScript, ScriptError } from "./scanners/parse-script";
export { createScriptedScanner, type ScriptedScanner } from "./scanners/scripted";
export type { Script, ScriptedFinding, ScriptedScan, ScriptedScans } from "./scanners/script";
export type { Scanner, ScanOutcome, ScanProgress, ScanRequest, ScanRun, ServiceScanner } from "./scanners/scanner";
export type { LocalService } from "./service";

/**
 * Starts the local service on 127.0.0.1 and resolves when it listens.
 * @throws Error if the port is taken, another service uses the data folder, or a newer one wrote it.
 * @example
 * const service = await startLocalService({ control: true });
 * // ... requests to service.url with the key service.apiKeys["demo"] ...
 * await service.close();
 */
export function startLocalService(options: LocalServiceOptions = {}): Promise<LocalService> {
  return startService(options);
}
