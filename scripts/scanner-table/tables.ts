import { SERVICE_SCANNERS } from "../../local/src/scanners/scanner";
import { CATEGORIES } from "../../local/src/scanners/wapiti/categories";
import { cvssScore } from "../../local/src/scanners/wapiti/cvss";
import { MODULES, type ModuleEntry } from "../../local/src/scanners/wapiti/module-table";
import { severityOf } from "../../findings/severity";

const ENTRIES = Object.entries<ModuleEntry>(MODULES);

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const nameOf = ([module, { onlyIn }]: readonly [string, ModuleEntry]): string =>
  `\`${module}\`${onlyIn === undefined ? "" : ` (${onlyIn} only)`}`;

/** Formats the scanners of the service: the modules that cover each in a run, or that it is missing. */
export function scannersTable(): string {
  const rows = SERVICE_SCANNERS.map((scanner) => {
    const taken = ENTRIES.filter(([, entry]) => entry.scanner === scanner && entry.whyNot === undefined);
    return [`\`${scanner}\``, taken.length === 0 ? "none: **missing** in every report" : taken.map(nameOf).join(", ")];
  });
  return table(["scanner of the service", "modules of Wapiti that a run uses"], rows);
}

/** Formats the modules of the scanner: where their findings go, and whether a run uses them or why not. */
export function modulesTable(): string {
  const inOrder = [...ENTRIES].sort(([one], [other]) => (one < other ? -1 : 1));
  const rows = inOrder.map((entry) => {
    const { scanner, whyNot, isUnheld } = entry[1];
    const no = isUnheld === true ? "never" : "if asked for";
    return [nameOf(entry), `\`${scanner}\``, whyNot === undefined ? "yes" : no, whyNot ?? ""];
  });
  return table(["module", "scanner", "runs", "why not"], rows);
}

/** Formats the categories of the scanner: slug in reports, score, and its source. The worst first. */
export function categoriesTable(): string {
  const rated = [...CATEGORIES].map(([name, category]) => ({ name, ...category, ...cvssScore(category.vector) }));
  rated.sort((one, other) => other.baseScore - one.baseScore || (one.name < other.name ? -1 : 1));
  const rows = rated.map(({ name, slug, baseScore, vector, source }) => [
    ...[name, `\`${slug}\``, `${baseScore.toFixed(1)} ${severityOf(baseScore)}`, `\`${vector}\``, source],
  ]);
  return table(["category of Wapiti", "slug", "score, severity", "vector (CVSS 3.1)", "source of the score"], rows);
}
