import { counted, truncated } from "../../errors/plain-text";
import { type Completeness, type SilentScanner, completenessOf } from "./completeness";
import { type NumberedFinding, badgeOf, newMarkOf, scoreOf } from "./html-finding";
import { MOST_CHARACTERS, type Markup, markup, nameOf, whereOf } from "./html-markup";
import { type FormatContext, type PresentedFinding, presentName } from "./presented-finding";
import type { FindingsReport } from "../report";
import { type FindingCounts, SEVERITIES, countFindings } from "../severity";

/**
 * The number of findings by severity, the scanners, and how the report is incomplete.
 * @param shownCount how many of the findings the document shows
 */
export function overviewSection(
  report: FindingsReport,
  findings: readonly PresentedFinding[],
  shownCount: number,
  context: FormatContext = {},
): Markup {
  const known = completenessOf(report, context);
  const counts = countFindings(findings);
  const items = SEVERITIES.map(
    (name) =>
      markup`<li class="${name}${counts[name] === 0 ? " none" : ""}"><strong>${counts[name]}</strong> ${name}</li>\n`,
  );
  return markup`<section aria-labelledby="overview">
<h2 id="overview">Overview</h2>
${badEndNote(known)}${silentNote(known.broken, "broke", "was to find", "were to find")}<p class="total">${
    findings.length === 0 && known.badEnd !== undefined
      ? "No findings so far; the scan did not finish."
      : totalOf(findings, shownCount)
  }</p>
${findings.length === 0 ? undefined : countBar(counts)}<ul class="counts">
${items}</ul>
${scannersOf(report, known)}</section>
`;
}

function totalOf(findings: readonly PresentedFinding[], shownCount: number): string {
  if (findings.length === 0) return "No findings.";
  const isCompared = findings.some(({ isNew }) => isNew !== undefined);
  const fresh = isCompared ? `, ${findings.filter(({ isNew }) => isNew).length} of them new` : "";
  const total = `${counted(findings.length, "finding")}${fresh}.`;
  if (shownCount === findings.length) return `${total} The worst come first.`;
  return `${total} Only the worst ${shownCount} are shown below; the original report has all.`;
}

/** A chart of the counts; hidden from screen readers, as the list below has the numbers. */
function countBar(counts: FindingCounts): Markup {
  let x = 0;
  const parts = SEVERITIES.filter((name) => counts[name] > 0).map((name) => {
    const part = markup`<rect class="${name}" x="${x}" y="0" width="${counts[name]}" height="1"/>`;
    x += counts[name];
    return part;
  });
  return markup`<svg class="bar" viewBox="0 0 ${x} 1" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>\n`;
}

function scannersOf({ findings, scanners }: FindingsReport, { badEnd, ran, missing }: Completeness): Markup {
  const counts = new Map<string, number>();
  for (const { scanner } of findings) counts.set(scanner, (counts.get(scanner) ?? 0) + 1);
  const found = new Map([...counts].map(([scanner, count]) => [presentName(scanner), count]));
  const items = ran.map(
    (name) => markup`<li>${nameOf(name)} <span class="muted">${found.get(name) ?? 0}</span></li>\n`,
  );
  const untold = scanners.missing === undefined ? " The report does not say whether others should have run." : "";
  const did = badEnd === undefined ? "ran" : "are in the report";
  return markup`${silentNote(missing, "did not run", "looks for", "look for")}<p class="muted">${counted(
    ran.length,
    "scanner",
  )} ${did}, each with the number of its findings.${untold}</p>
<ul class="scanners">
${items}</ul>
`;
}

const badEndNote = ({ badEnd }: Completeness): Markup | undefined =>
  badEnd === undefined
    ? undefined
    : markup`<p class="note"><strong>Not complete: the scan ${badEnd}.</strong>
What is not found here may be there all the same.</p>
`;

function silentNote(
  scanners: readonly SilentScanner[],
  what: string,
  ofOne: string,
  ofSeveral: string,
): Markup | undefined {
  if (scanners.length === 0) return undefined;
  const names = scanners.map(({ name, why }) => `${nameOf(name)}${why === "" ? "" : ` (${why})`}`);
  return markup`<p class="note"><strong>Not complete: ${counted(scanners.length, "scanner")} ${what}.</strong>
Nothing is known of what ${scanners.length === 1 ? `it ${ofOne}` : `they ${ofSeveral}`}: ${names.join(", ")}.</p>
`;
}

/**
 * A row per finding, with a link to its details. The roles repeat the elements' own ones, which some browsers drop when rows
 * become blocks on a narrow screen.
 */
export function findingsTable(findings: readonly NumberedFinding[]): Markup {
  // Findings of an XML report have none.
  const hasScores = findings.some(({ score }) => score !== undefined);
  const columns = ["No.", "Severity", ...(hasScores ? ["Score"] : []), "Finding", "Where, or what was seen"];
  return markup`<section aria-labelledby="list">
<h2 id="list">All findings</h2>
<table role="table">
<thead role="rowgroup"><tr role="row">${columns.map(headerCell)}</tr></thead>
<tbody role="rowgroup">
${findings.map((finding) => findingRow(finding, hasScores))}</tbody>
</table>
</section>
`;
}

const headerCell = (name: string): Markup => markup`<th role="columnheader" scope="col">${name}</th>`;

const cell = (content: number | string | Markup | undefined): Markup => markup`<td role="cell">${content}</td>`;

function findingRow(finding: NumberedFinding, hasScores: boolean): Markup {
  const title = truncated(finding.title, MOST_CHARACTERS.cell);
  const link = markup`<a href="#finding-${finding.number}">${title}</a>${newMarkOf(finding)}`;
  const score = hasScores ? cell(scoreOf(finding)) : undefined;
  const rating = [cell(finding.number), cell(badgeOf(finding.severity)), score];
  const place = cell(whereOf(finding, MOST_CHARACTERS.cell) ?? truncated(finding.information, MOST_CHARACTERS.cell));
  return markup`<tr role="row">${rating}<th role="rowheader" scope="row">${link}</th>${place}</tr>\n`;
}
