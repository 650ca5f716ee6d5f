import { counted } from "../../errors/plain-text";
import { SERVICE_NAMES } from "../../service/rules";
import { type Completeness, type SilentScanner, completenessOf, listScanners } from "./completeness";
import { findingItem, fixItem, fixableKindsOf, markdownCode, markdownText } from "./markdown-finding";
import { type FormatContext, type PresentedFinding, presentFindings, presentName } from "./presented-finding";
import type { FindingsReport } from "../report";
import { SEVERITIES, countFindings } from "../severity";

/** GitHub's limit of a comment is 65,536 characters; the rest is for a line of whoever posts it. */
const MOST_CHARACTERS = 65_000;
/** Limit of overview and findings; the rest is for how to fix them. */
const MOST_CHARACTERS_BEFORE_FIXES = 45_000;
/** For a heading and the note on what is omitted. */
const AROUND_ITEMS = 200;

/**
 * Converts a report to Markdown for a comment on a pull request or a job summary: counts, the findings, most severe first, and
 * how to fix each kind. It stays below GitHub's limit of a comment, and says how many findings it omits; the counts include all.
 * No text of a finding becomes markup, a link or a mention. Requests are not shown.
 *
 * The same report always yields the same text.
 */
export function toMarkdown(report: FindingsReport, context: FormatContext = {}): string {
  const findings = presentFindings(report, context);
  const overview = overviewOf(report, findings, context);
  const items = fittingItems(findings, findingItem, MOST_CHARACTERS_BEFORE_FIXES - overview.length);
  const list = sectionOf(
    "Findings",
    items,
    findings.length,
    "findings are not listed here, so that this fits into a comment",
  );
  const kinds = fixableKindsOf(findings.slice(0, items.length));
  const fixes = fittingItems(kinds, fixItem, MOST_CHARACTERS - overview.length - list.length);
  return overview + list + sectionOf("How to fix", fixes, kinds.length, "kinds are left out here");
}

/** Returns the first items that fit. */
function fittingItems<T>(values: readonly T[], itemOf: (value: T) => string, most: number): string[] {
  const items: string[] = [];
  let length = AROUND_ITEMS;
  for (const value of values) {
    const item = itemOf(value);
    length += item.length;
    if (length > most) break;
    items.push(item);
  }
  return items;
}

function sectionOf(heading: string, items: readonly string[], count: number, leftOut: string): string {
  if (count === 0) return "";
  const note = items.length < count ? `\n**${count - items.length} of ${count} ${leftOut}.**\n` : "";
  return `\n### ${heading}\n\n${items.join("")}${note}`;
}

/** The number of findings by severity, how many are new, and how the report is incomplete. */
function overviewOf(report: FindingsReport, findings: readonly PresentedFinding[], context: FormatContext): string {
  const known = completenessOf(report, context);
  const parts = [
    headingOf(findings, context),
    scanOf(context),
    badEndNote(known),
    silentNote(known.broken, "broke", "they were to find"),
    countsTable(findings, known),
    silentNote(known.missing, "did not run", "they look for"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const nameOf = (name: string): string => markdownCode(presentName(name), 100);

/** Undefined without a baseline. */
const newIn = (findings: readonly PresentedFinding[]): PresentedFinding[] | undefined =>
  findings.some(({ isNew }) => isNew !== undefined) ? findings.filter(({ isNew }) => isNew === true) : undefined;

function headingOf(findings: readonly PresentedFinding[], { service = "crashtest" }: FormatContext): string {
  const newCount = newIn(findings)?.length;
  const note = newCount === undefined ? "" : `, ${newCount} new`;
  return `## ${SERVICE_NAMES[service]}: ${counted(findings.length, "finding")}${note}`;
}

function scanOf({ scanId, projectId }: FormatContext): string {
  const scan = scanId === undefined ? "" : `scan ${nameOf(scanId)}`;
  const project = projectId === undefined ? "" : `project ${nameOf(projectId)}`;
  const text = [scan, project].filter((part) => part !== "").join(" of ");
  return text === "" ? "" : `Of ${text}.`;
}

function countsTable(findings: readonly PresentedFinding[], { badEnd }: Completeness): string {
  if (findings.length === 0)
    return badEnd === undefined
      ? "The scanners that ran found nothing."
      : "No findings so far; the scan did not finish.";
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
  const names = listScanners(
    scanners,
    ({ name, why }) => `${nameOf(name)}${why === "" ? "" : ` (${markdownText(why)})`}`,
  );
  return `**Not complete: ${counted(scanners.length, "scanner")} ${what}**, and nothing is known of what ${unknown}: ${names}.`;
}
