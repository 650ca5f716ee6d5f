import { truncated } from "../plain-text";
import { badgeOf, newMarkOf, scoreOf } from "./html-finding";
import type { NumberedFinding } from "./html-kinds";
import { markup, type Markup } from "./html-markup";
import { MOST_CHARACTERS, whereOf } from "./html-text";

const COLUMNS = ["No.", "Severity", "Score", "Finding", "Where, or what was seen"];

/**
 * A row for each finding, which leads to its details. The roles say again what the elements are: on a narrow screen rows
 * become blocks, and some browsers then forget it.
 */
export function findingsTable(findings: readonly NumberedFinding[]): Markup {
  return markup`<section aria-labelledby="list">
<h2 id="list">All findings</h2>
<table role="table">
<thead role="rowgroup"><tr role="row">${COLUMNS.map(headerCell)}</tr></thead>
<tbody role="rowgroup">
${findings.map(findingRow)}</tbody>
</table>
</section>
`;
}

const headerCell = (name: string): Markup => markup`<th role="columnheader" scope="col">${name}</th>`;

const cell = (content: number | string | Markup | undefined): Markup => markup`<td role="cell">${content}</td>`;

function findingRow(finding: NumberedFinding): Markup {
  const title = truncated(finding.title, MOST_CHARACTERS.cell);
  const link = markup`<a href="#finding-${finding.number}">${title}</a>${newMarkOf(finding)}`;
  const rating = [cell(finding.number), cell(badgeOf(finding.severity)), cell(scoreOf(finding))];
  const place = cell(whereOf(finding, MOST_CHARACTERS.cell) ?? truncated(finding.information, MOST_CHARACTERS.cell));
  return markup`<tr role="row">${rating}<th role="rowheader" scope="row">${link}</th>${place}</tr>\n`;
}
