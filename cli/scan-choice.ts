import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { CrashtestError } from "../errors/errors";
import { SERVICE_NAMES, type ServiceKind } from "../service/rules";
import type { ScanAddress, ServiceIdentity } from "../service/service";
import { environmentVariableOf } from "../service/settings/settings";
import { parseIdOption } from "./arguments";
import { messageOf, UsageError, type Surroundings } from "./command";
import { rulesOfEnvironment } from "./connection";
import { scanOfStack } from "./stack-scan";
import { webhookOf } from "./secrets";

/** The options that choose a scan. */
export const SCAN_OPTIONS = {
  project: { type: "string" },
  scan: { type: "string" },
  state: { type: "string" },
} as const;

type ScanValues = { [Name in keyof typeof SCAN_OPTIONS]?: string | undefined };

/**
 * @throws UsageError if the options do not name a scan; CrashtestError `NOT_FOUND` if the stack has none, `OTHER_SERVICE` if its
 * scan is at another service
 */
export async function chooseScan(values: ScanValues, surroundings: Surroundings): Promise<ScanAddress> {
  const { project, scan, state } = values;
  const rules = rulesOfEnvironment(surroundings);
  if (state === undefined) {
    const kind = project === undefined ? "webhook" : "project";
    const scanId = parseIdOption("scan", scan, (text) => rules.parseScanId(text, kind));
    return project === undefined
      ? { webhook: webhookOf(surroundings), scanId }
      : { projectId: parseIdOption("project", project, (text) => rules.parseProjectId(text)), scanId };
  }
  if (project !== undefined || scan !== undefined)
    throw new UsageError("--state names the scan: omit --project and --scan");
  const { projectId, scanId, owner } = scanOfStack(await readState(state, surroundings));
  requireService(owner, rules.kind);
  return projectId === undefined ? { webhook: webhookOf(surroundings), scanId, owner } : { projectId, scanId, owner };
}

/** @throws CrashtestError `OTHER_SERVICE` if a scan is at another service than the one that was chosen */
function requireService(owner: ServiceIdentity | undefined, chosen: ServiceKind): void {
  // A state that does not say who issued its IDs is one of an early release, which knew one service.
  const kind = owner?.kind ?? "crashtest";
  if (kind === chosen) return;
  const variable = environmentVariableOf("service");
  throw new CrashtestError({
    code: "OTHER_SERVICE",
    problem: `The scan of this stack is at ${SERVICE_NAMES[kind]}, but this command asks ${SERVICE_NAMES[chosen]}`,
    remedy: `Set ${variable}=${kind}.`,
  });
}

async function readState(path: string, { stdin }: Surroundings): Promise<string> {
  try {
    return path === "-" ? await textOf(stdin) : await readFile(path, "utf8");
  } catch (error) {
    throw new UsageError(`--state cannot be read: ${messageOf(error)}`);
  }
}
