import type { FindingsReport } from "../report";
import { countFindings, SEVERITIES, type FindingCounts } from "../severity";
import { markup, type Markup } from "./html-markup";
import { counted } from "../counted";
import { nameOf } from "./html-text";
import type { PresentedFinding } from "./presented-finding";

/**
 * How many findings there are, of what severity, and which scanners looked for them.
 * @param shownCount how many of them the document shows: it says so where those are not all.
 */
export function overviewSection(
  report: FindingsReport,
  findings: readonly PresentedFinding[],
  shownCount: number,
): Markup {
  const counts = countFindings(findings);
  const items = SEVERITIES.map(
    (name) =>
      markup`<li class="${name}${counts[name] === 0 ? " none" : ""}"><strong>${counts[name]}</strong> ${name}</li>\n`,
  );
  return markup`<section aria-labelledby="overview">
<h2 id="overview">Overview</h2>
<p class="total">${totalOf(findings, shownCount)}</p>
${findings.length === 0 ? undefined : countBar(counts)}<ul class="counts">
${items}</ul>
${scannersOf(report)}</section>
`;
}

function totalOf(findings: readonly PresentedFinding[], shownCount: number): string {
  if (findings.length === 0) return "No findings.";
  const isCompared = findings.some(({ isNew }) => isNew !== undefined);
  const fresh = isCompared ? `, ${findings.filter(({ isNew }) => isNew).length} of them new` : "";
  const total = `${counted(findings.length, "finding")}${fresh}.`;
  if (shownCount === findings.length) return `${total} The worst come first.`;
  return `${total} Only the worst ${shownCount} are shown below; the JSON report has all.`;
}

/** The counts as lengths, for the eye alone: the list below says them. */
function countBar(counts: FindingCounts): Markup {
  let x = 0;
  const parts = SEVERITIES.filter((name) => counts[name] > 0).map((name) => {
    const part = markup`<rect class="${name}" x="${x}" y="0" width="${counts[name]}" height="1"/>`;
    x += counts[name];
    return part;
  });
  return markup`<svg class="bar" viewBox="0 0 ${x} 1" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>\n`;
}

function scannersOf({ findings, scanners: { ran, missing } }: FindingsReport): Markup {
  const found = new Map<string, number>();
  for (const { scanner } of findings) found.set(scanner, (found.get(scanner) ?? 0) + 1);
  const items = ran.map(
    (name) => markup`<li>${nameOf(name)} <span class="muted">${found.get(name) ?? 0}</span></li>\n`,
  );
  const untold = missing === undefined ? " The report does not say whether others should have run." : "";
  return markup`${missing === undefined ? undefined : missingNote(missing)}<p class="muted">${counted(
    ran.length,
    "scanner",
  )} ran, each with the number of its findings.${untold}</p>
<ul class="scanners">
${items}</ul>
`;
}

function missingNote(missing: readonly string[]): Markup | undefined {
  if (missing.length === 0) return undefined;
  const isOne = missing.length === 1;
  return markup`<p class="note"><strong>Not complete: ${counted(missing.length, "scanner")} did not run.</strong>
Nothing is known of what ${isOne ? "it looks" : "they look"} for: ${missing.map(nameOf).join(", ")}.</p>
`;
}
