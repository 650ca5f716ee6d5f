import type { FindingsReport } from "../report";
import { findingItem, fixItem, fixableKindsOf } from "./markdown-finding";
import { overviewOf } from "./markdown-overview";
import { presentFindings, type FormatContext } from "./presented-finding";

/**
 * A comment of GitHub has at most 65,536 characters; what is left is for a line of whoever posts it. A summary of a job may
 * have more.
 */
const MOST_CHARACTERS = 65_000;
/** As far as the findings go; the rest is for how to fix them. */
const MOST_CHARACTERS_BEFORE_FIXES = 45_000;
/** For a heading, and a line that says how much is left out. */
const AROUND_ITEMS = 200;

/**
 * A report as Markdown, for a comment on a pull request or the summary of a job: counts, the findings with the worst first,
 * and how to fix each kind of those. It stays below the limit of a comment of GitHub, and says how many findings it does not
 * list; the counts are those of all. Nothing of a finding is taken for markup, a link or a mention. Requests are not shown.
 *
 * The same report always gives the same text.
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

/** The first items, as long as they fit. */
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
