import { setTimeout as sleep } from "node:timers/promises";
import type { CrashtestClient } from "pulumi-crashtest/client";
import { parseFindings, SEVERITIES, type Finding, type FindingsReport, type Severity } from "pulumi-crashtest/findings";
import { bold, dim, plain, red, say, yellow } from "./terminal";

const POLL_MS = 1_000;
/** The real scanner needs some seconds; one that hangs does not hold the demo for ever. */
const MAX_POLLS = 300;

/** Asks for the status until the scan has ended; tells each new state. */
export async function followScan(client: CrashtestClient, projectId: string, scanId: string): Promise<void> {
  let told: string | undefined;
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    const status = await client.scans.getScanStatus(projectId, scanId);
    if (status === undefined) throw new Error(`scan ${scanId} is gone`);
    if (status.state !== told) say(`   scan ${scanId}: ${bold(status.state)} (status code ${status.statusCode})`);
    told = status.state;
    if (status.state === "finished") return;
    if (status.state !== "queued" && status.state !== "running")
      throw new Error(`scan ${scanId} ended as ${status.state}`);
    await sleep(POLL_MS);
  }
  throw new Error(`scan ${scanId} did not end`);
}

export async function fetchFindings(
  client: CrashtestClient,
  projectId: string,
  scanId: string,
): Promise<FindingsReport> {
  return parseFindings(await client.reports.readJsonReport({ projectId, scanId }));
}

const COLOURS: Partial<Record<Severity, (text: string) => string>> = { critical: red, high: red, medium: yellow };

/** Shows findings, the worst first. */
export function showFindings({ findings, findingCounts }: FindingsReport): void {
  const counts = SEVERITIES.map((severity) => `${findingCounts[severity]} ${severity}`).join(", ");
  say(`   ${findings.length} findings: ${counts}`);
  for (const severity of SEVERITIES) {
    for (const finding of findings.filter((candidate) => candidate.severity === severity)) showFinding(finding);
  }
}

function showFinding({ severity, title, slug, scanner, where, cvss }: Finding): void {
  const colour = COLOURS[severity] ?? dim;
  const score = cvss === undefined ? "" : ` ${cvss.baseScore.toFixed(1)}`;
  say(`   ${colour(`${severity}${score}`.padEnd(13))} ${plain(title ?? slug)} ${dim(`(${scanner})`)}`);
  const place = [where.method, where.url ?? where.path, where.parameter && `parameter ${where.parameter}`];
  say(dim(`                 ${plain(place.filter(Boolean).join(" "))}`));
}
