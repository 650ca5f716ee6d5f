import Table from "cli-table3";
import { ENGINE_COLORS } from "../../errors/plain-text";
import type { Severity } from "../../findings/severity";
import { compareWithBaseline } from "./baseline";
import type { FindingsQuestion } from "./findings-question";
import { type GateFinding, compareFindings } from "./gate-finding";
import { reportCommand } from "./verdict-message";

/** More are only in the report. */
const MAX_ROWS = 20;

const COLORS: Readonly<Record<Severity, string>> = {
  critical: ENGINE_COLORS.red,
  high: ENGINE_COLORS.red,
  medium: ENGINE_COLORS.yellow,
  low: ENGINE_COLORS.blue,
  info: ENGINE_COLORS.reset,
  unknown: ENGINE_COLORS.magenta,
};

/**
 * Lays out the findings that nobody has accepted as a table: the new ones first, then the worst. Undefined if there is nothing
 * to show. Without a baseline none is marked as new.
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

const cellsOf = ({ severity, baseScore, title, scanner, place }: GateFinding): string[] =>
  [severity, baseScore?.toFixed(1) ?? "", `${title} (${scanner})`, place].map(cutCell);

/** @param fresh the new ones, which are marked in a column of their own; undefined without a baseline */
function layOut(findings: readonly GateFinding[], fresh: ReadonlySet<GateFinding> | undefined): string[] {
  const mark = (text: string): string[] => (fresh === undefined ? [] : [text]);
  const rows = findings.map((finding) => [...mark(fresh?.has(finding) === true ? "new" : ""), ...cellsOf(finding)]);
  const [first = "", ...others] = layOutTable([[...mark(""), ...HEAD], ...rows]);
  return [first, ...others.map((line, at) => colored(line, findings[at]?.severity))];
}

/** Colours the severity only, which stands before all text of a site. */
const colored = (line: string, severity: Severity | undefined): string =>
  severity === undefined ? line : line.replace(severity, `${COLORS[severity]}${severity}${ENGINE_COLORS.reset}`);

const rest = (count: number, { scan }: FindingsQuestion): string[] =>
  count > 0 ? [`... and ${count} more: ${reportCommand(scan, "html")}`] : [];

/** In columns of a terminal. */
const LONGEST_CELL = 44;

/** Cuts a cell by characters; the table knows how wide they are. */
export function cutCell(cell: string): string {
  const characters = Array.from(cell);
  return characters.length > LONGEST_CELL ? `${characters.slice(0, LONGEST_CELL - 3).join("")}...` : cell;
}

const LINES =
  "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid";
const NO_LINES = { ...Object.fromEntries(LINES.split(" ").map((name) => [name, ""])), middle: " " };

/** Lays out rows in aligned columns, one line each. */
export function layOutTable(rows: readonly (readonly string[])[]): string[] {
  const table = new Table({ chars: NO_LINES, style: { head: [], border: [], compact: true }, wordWrap: false });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}
