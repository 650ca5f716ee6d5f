import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import type { ScanAddress } from "../service/service";
import { parseIdOption } from "./arguments";
import { messageOf, UsageError, type Surroundings } from "./command";
import { scanOfStack } from "./stack-scan";
import { webhookOf } from "./secrets";

/** The options that choose a scan. */
export const SCAN_OPTIONS = {
  project: { type: "string" },
  scan: { type: "string" },
  state: { type: "string" },
} as const;

type ScanValues = { [Name in keyof typeof SCAN_OPTIONS]?: string | undefined };

/** @throws UsageError if the options do not name a scan; CrashtestError `NOT_FOUND` if the stack has none */
export async function chooseScan(values: ScanValues, surroundings: Surroundings): Promise<ScanAddress> {
  const { project, scan, state } = values;
  if (state === undefined) {
    const scanId = parseIdOption("scan", scan);
    return project === undefined
      ? { webhook: webhookOf(surroundings), scanId }
      : { projectId: parseIdOption("project", project), scanId };
  }
  if (project !== undefined || scan !== undefined)
    throw new UsageError("--state names the scan: omit --project and --scan");
  const { projectId, scanId, owner } = scanOfStack(await readState(state, surroundings));
  return projectId === undefined ? { webhook: webhookOf(surroundings), scanId, owner } : { projectId, scanId, owner };
}

async function readState(path: string, { stdin }: Surroundings): Promise<string> {
  try {
    return path === "-" ? await textOf(stdin) : await readFile(path, "utf8");
  } catch (error) {
    throw new UsageError(`--state cannot be read: ${messageOf(error)}`);
  }
}
