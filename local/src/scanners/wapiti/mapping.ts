import type { DescriptionWire, FindingWire, ScanOutcome, ServiceScanner } from "../scanner";
import { CATEGORIES } from "./categories";
import { cvssScore } from "./cvss";
import { scannerOfModule } from "./modules";
import type { ReportedFinding } from "./report";

type Findings = ScanOutcome["findings"];

function slugOfUnknown(category: string): string {
  const words = category
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `wapiti-${words || "unnamed"}`;
}

/** Returns the scanner of a finding: that of its module, or `fuzzer` if its category is not known. */
export function scannerOfFinding({ category, module }: ReportedFinding): ServiceScanner {
  return CATEGORIES.has(category) ? scannerOfModule(module) : "fuzzer";
}

/** Maps a finding to the service's form. The raw request is left out: it has cookies, and a different payload each time. */
export function mapFinding(finding: ReportedFinding, target: URL, createdAt: Date): FindingWire {
  const { category, method, path, info, parameter } = finding;
  const url = URL.canParse(path, target.origin) ? new URL(path, target.origin).href : target.origin;
  const service_type = scannerOfFinding(finding);
  return {
    service_type,
    finding_description_slug: CATEGORIES.get(category)?.slug ?? slugOfUnknown(category),
    information: `${info || category} (${method} ${url})`,
    details: { request: { has_findings: true, method, url, ...(parameter === undefined ? {} : { parameter }) } },
    created_at: createdAt.toISOString(),
  };
}

/** Returns the description of a category; for an unknown category, without a score and thus of unknown severity. */
export function describeCategory(name: string): DescriptionWire {
  const category = CATEGORIES.get(name);
  if (category === undefined) {
    return {
      slug: slugOfUnknown(name),
      title: name,
      description: "The scanner reported this under a category that is not known here.",
    };
  }
  const { slug, title, description, howToFix, vector } = category;
  return { slug, title, description, ...cvssScore(vector), how_to_fix: howToFix, cvss_vector: `CVSS:3.1/${vector}` };
}

export interface MappingInputs {
  findings: readonly ReportedFinding[];
  target: URL;
  createdAt: Date;
  /** Modules that ran to the end: their scanners get a list, even if it is empty. */
  completedModules: readonly string[];
}

/**
 * Maps the findings per scanner, with one description per slug. The scanner reports a hole again for each
 * payload that revealed it: here it appears once.
 */
export function mapFindings({
  findings,
  target,
  createdAt,
  completedModules,
}: MappingInputs): Pick<ScanOutcome, "findings" | "descriptions"> {
  const lists: Findings = {};
  for (const module of completedModules) lists[scannerOfModule(module)] ??= [];
  const descriptions = new Map<string, DescriptionWire>();
  const seen = new Set<string>();
  for (const finding of findings) {
    const mapped = mapFinding(finding, target, createdAt);
    const text = JSON.stringify(mapped);
    if (!seen.has(text)) (lists[scannerOfFinding(finding)] ??= []).push(mapped);
    seen.add(text);
    const description = describeCategory(finding.category);
    descriptions.set(description.slug, description);
  }
  return { findings: lists, descriptions: [...descriptions.values()] };
}
