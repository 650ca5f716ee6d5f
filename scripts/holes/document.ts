import { compareSeverity, type Finding } from "pulumi-crashtest/findings";
import { plainText } from "../../findings/plain-text";
import { HOLES, pathOf, shows } from "./holes";
import type { HoleResult, ShopScan } from "./judgement";

const INTRODUCTION = `# What the scanner finds in the shop

[The shop of the examples](../examples/vulnerable-shop/README.md) has holes on purpose, and a switch that mends each. Here it
was scanned with all of them, with each alone, and with none, by the local service and its real scanner, Wapiti. This file is
made by \`npm run holes\`, which fails where a hole is not found while it is there, or is found once it is mended;
\`npm run holes -- --check\` scans again and compares.`;

/** What stands in a cell cannot break the table. */
const cell = (text: string): string => plainText(text).replaceAll("|", "\\|");

const placeOf = (finding: Finding): string => {
  const { method, parameter } = finding.where;
  const place = `${method ?? ""} ${pathOf(finding)}`.trim();
  return `\`${place}\`${parameter === undefined ? "" : `, parameter \`${parameter}\``}`;
};

const ratingOf = ({ severity, cvss }: Finding): string =>
  cvss === undefined ? severity : `${severity}, ${cvss.baseScore.toFixed(1)}`;

const nameOf = ({ title, slug }: Finding): string => title ?? slug;

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");

function rowOfHole({ hole, found, missedIn, stillIn }: HoleResult): string[] {
  const whileThere =
    found === undefined
      ? [`**not found** (${missedIn.join("; ")})`, "", "", ""]
      : [found.scanner, nameOf(found), ratingOf(found), placeOf(found)];
  return [
    `\`${hole.name}\`: ${hole.title}`,
    ...whileThere,
    stillIn.length === 0 ? "gone" : `**still there** (${stillIn.join("; ")})`,
  ];
}

function rowOfScan({ shop, findings }: ShopScan): string[] {
  const inOrder = [...findings].sort(
    (one, other) => compareSeverity(one.severity, other.severity) || (placeOf(one) < placeOf(other) ? -1 : 1),
  );
  const isOfOpenHole = (finding: Finding): boolean =>
    HOLES.some((hole) => shop.open.includes(hole.name) && shows(hole, finding));
  const textsOf = (some: readonly Finding[]): string[] =>
    some.map((finding) => `${nameOf(finding)} (${ratingOf(finding)}) at ${placeOf(finding)}`);
  const ofHoles = textsOf(inOrder.filter(isOfOpenHole));
  const others = textsOf(inOrder.filter((finding) => !isOfOpenHole(finding)));
  const list = (lines: readonly string[]): string => [...new Set(lines)].join("; ") || "nothing";
  return [shop.title, list(ofHoles), list(others)];
}

/** The document as the scans of this run give it. */
export function formatDocument(scans: readonly ShopScan[], results: readonly HoleResult[]): string {
  const holes = table(
    ["hole", "found while it is there: scanner", "title", "severity, score", "where", "once mended"],
    results.map(rowOfHole),
  );
  const shops = table(["shop with", "findings of its holes", "other findings"], scans.map(rowOfScan));
  const seconds = scans.map(({ durationSeconds }) => Math.round(durationSeconds));
  const times = `Each scan took ${Math.min(...seconds)} to ${Math.max(...seconds)} seconds.`;
  return [INTRODUCTION, "## Hole by hole", holes, "## Scan by scan", shops, times].join("\n\n") + "\n";
}

/** A document without what differs from one run to the next. */
export const withoutTimes = (document: string): string => document.replace(/^Each scan took .*$/m, "").trim();
