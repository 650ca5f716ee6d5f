import type { Severity } from "../severity";
import { compareWithBaseline } from "./baseline";
import type { FindingsQuestion } from "./findings-question";
import { compareFindings, isNamed, type CountedFinding } from "./gate-finding";
import { RESET, TABLE_COLORS } from "./table-colors";
import { cutCell, layOutTable } from "./table-layout";
import { reportCommand } from "./verdict-message";

/** So many rows are shown; a report has the rest. */
const MAX_ROWS = 20;

/**
 * The findings that nobody has accepted, as a table: the new ones first, then the worst. Undefined where there is nothing to
 * show. Without a baseline none is marked.
 */
export function findingsTable(question: FindingsQuestion, baseline: readonly string[] | undefined): string | undefined {
  const { state, fresh, old, fixedCount } = compareWithBaseline(question, baseline);
  const isCompared = state === "compared";
  const count = fresh.length + old.length;
  if (count + fixedCount === 0) return undefined;
  const rows = [...[...fresh].sort(compareFindings), ...[...old].sort(compareFindings)].slice(0, MAX_ROWS);
  const marks = isCompared ? new Set(fresh) : undefined;
  const lines = rows.length === 0 ? [] : layOut(rows, marks);
  const summary = isCompared ? [`${fresh.length} new, ${old.length} old, ${fixedCount} fixed (no longer found)`] : [];
  return [...lines, ...rest(count - rows.length, question), ...summary].join("\n");
}

const HEAD = ["severity", "score", "finding", "where"];

function cellsOf(finding: CountedFinding): string[] {
  if (!isNamed(finding)) return [finding.severity, "", `finding ${finding.fingerprint}...`, ""];
  const { severity, baseScore, title, scanner, place } = finding;
  return [severity, baseScore?.toFixed(1) ?? "", `${title} (${scanner})`, place].map(cutCell);
}

/** @param fresh the new ones, which get a mark in a column of its own; undefined where nobody can tell */
function layOut(findings: readonly CountedFinding[], fresh: ReadonlySet<CountedFinding> | undefined): string[] {
  const mark = (text: string): string[] => (fresh === undefined ? [] : [text]);
  const rows = findings.map((finding) => [...mark(fresh?.has(finding) === true ? "new" : ""), ...cellsOf(finding)]);
  const [first = "", ...others] = layOutTable([[...mark(""), ...HEAD], ...rows]);
  return [first, ...others.map((line, at) => colored(line, findings[at]?.severity))];
}

/** The severity alone, which stands before all text of a site, so that colours say nothing that words do not. */
const colored = (line: string, severity: Severity | undefined): string =>
  severity === undefined ? line : line.replace(severity, `${TABLE_COLORS[severity]}${severity}${RESET}`);

const rest = (count: number, { scan }: FindingsQuestion): string[] =>
  count > 0 ? [`... and ${count} more: ${reportCommand(scan, "html")}`] : [];
