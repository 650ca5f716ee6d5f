import type { FindingsReport } from "../report";
import { countFindings, SEVERITIES, type FindingCounts } from "../severity";
import { markup, type Markup } from "./html-markup";
import { counted } from "../counted";
import { completenessOf, type Completeness, type SilentScanner } from "./completeness";
import { nameOf } from "./html-text";
import { presentName, type FormatContext, type PresentedFinding } from "./presented-finding";

/**
 * How many findings there are, of what severity, which scanners looked for them, and what keeps that from being all.
 * @param shownCount how many of them the document shows: it says so where those are not all.
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
      ? "No findings, as far as the scan came."
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
