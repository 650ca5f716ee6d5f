import type { FindingsReport } from "../report";
import { countFindings, SEVERITIES } from "../severity";
import { counted } from "../counted";
import { completenessOf, type Completeness, type SilentScanner } from "./completeness";
import { markdownCode, markdownText } from "./markdown-text";
import { presentName, type FormatContext, type PresentedFinding } from "./presented-finding";

/** Of names of scanners that did not run, and of the characters of a name. */
const MOST = { names: 20, name: 100 };

/** How many findings there are, of what severity, how many of them are new, and what keeps the report from telling all. */
export function overviewOf(
  report: FindingsReport,
  findings: readonly PresentedFinding[],
  context: FormatContext,
): string {
  const known = completenessOf(report, context);
  const parts = [
    headingOf(findings),
    scanOf(context),
    badEndNote(known),
    silentNote(known.broken, "broke", "they were to find"),
    countsTable(findings, known),
    silentNote(known.missing, "did not run", "they look for"),
  ];
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
function countsTable(findings: readonly PresentedFinding[], { badEnd }: Completeness): string {
  if (findings.length === 0)
    return badEnd === undefined ? "The scanners that ran found nothing." : "No findings, as far as the scan came.";
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

const badEndNote = ({ badEnd }: Completeness): string =>
  badEnd === undefined
    ? ""
    : `**Not complete: the scan ${markdownText(badEnd)}.** What is not found here may be there all the same.`;

function silentNote(scanners: readonly SilentScanner[], what: string, unknown: string): string {
  if (scanners.length === 0) return "";
  const names = scanners.slice(0, MOST.names).map(({ name, why }) => {
    return `${nameOf(name)}${why === "" ? "" : ` (${markdownText(why)})`}`;
  });
  const more = scanners.length > MOST.names ? ` and ${scanners.length - MOST.names} more` : "";
  return `**Not complete: ${counted(scanners.length, "scanner")} ${what}**, and nothing is known of what ${unknown}: ${names.join(", ")}${more}.`;
}
