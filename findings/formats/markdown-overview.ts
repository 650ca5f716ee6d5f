import type { FindingsReport } from "../report";
import { countFindings, SEVERITIES } from "../severity";
import { counted } from "../counted";
import { markdownCode } from "./markdown-text";
import { presentName, type FormatContext, type PresentedFinding } from "./presented-finding";

/** Of names of scanners that did not run, and of the characters of a name. */
const MOST = { names: 20, name: 100 };

/** How many findings there are, of what severity, how many of them are new, and whether a scanner is missing. */
export function overviewOf(
  { scanners }: FindingsReport,
  findings: readonly PresentedFinding[],
  context: FormatContext,
): string {
  const parts = [headingOf(findings), scanOf(context), countsTable(findings), missingNote(scanners.missing ?? [])];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const nameOf = (name: string): string => markdownCode(presentName(name), MOST.name);

/** Undefined where there is no baseline to tell by. */
const newIn = (findings: readonly PresentedFinding[]): PresentedFinding[] | undefined =>
  findings.some(({ isNew }) => isNew !== undefined) ? findings.filter(({ isNew }) => isNew === true) : undefined;

function headingOf(findings: readonly PresentedFinding[]): string {
  const newCount = newIn(findings)?.length;
  const note = newCount === undefined ? "" : `, ${newCount} new`;
  return `## Crashtest Security: ${counted(findings.length, "finding")}${note}`;
}

function scanOf({ scanId, projectId }: FormatContext): string {
  const scan = scanId === undefined ? "" : `scan ${nameOf(scanId)}`;
  const project = projectId === undefined ? "" : `project ${nameOf(projectId)}`;
  const text = [scan, project].filter((part) => part !== "").join(" of ");
  return text === "" ? "" : `Of ${text}.`;
}

/** Nothing but words and numbers of this package. */
function countsTable(findings: readonly PresentedFinding[]): string {
  if (findings.length === 0) return "The scanners that ran found nothing.";
  const counts = countFindings(findings);
  const newFindings = newIn(findings);
  const newCounts = newFindings === undefined ? undefined : countFindings(newFindings);
  const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  const head = newCounts === undefined ? ["Severity", "Findings"] : ["Severity", "Findings", "New"];
  return [
    row(...head),
    row(...head.map((_cell, index) => (index === 0 ? "---" : "---:"))),
    ...SEVERITIES.map((name) => row(name, counts[name], ...(newCounts === undefined ? [] : [newCounts[name]]))),
  ].join("\n");
}

function missingNote(missing: readonly string[]): string {
  if (missing.length === 0) return "";
  const names = missing.slice(0, MOST.names).map(nameOf);
  const more = missing.length > MOST.names ? ` and ${missing.length - MOST.names} more` : "";
  return `**Not complete: ${counted(missing.length, "scanner")} did not run**, and nothing is known of what they look for: ${names.join(", ")}${more}.`;
}
