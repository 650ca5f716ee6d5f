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

/** The scanner under which a finding stands: that of its module, or `fuzzer` where its category is not known. */
export function scannerOfFinding({ category, module }: ReportedFinding): ServiceScanner {
  return CATEGORIES.has(category) ? scannerOfModule(module) : "fuzzer";
}

/** One finding in the shape of the service. The raw request is not in it: it holds cookies and a different payload each time. */
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

/** The description of a category; without a score, hence of unknown severity, where the category has no entry. */
export function describeCategory(name: string): DescriptionWire {
  const category = CATEGORIES.get(name);
  if (category === undefined) {
    return {
      slug: slugOfUnknown(name),
      title: name,
      description: "The scanner reported this under a category that has no entry here.",
    };
  }
  const { slug, title, description, howToFix, vector } = category;
  return { slug, title, description, ...cvssScore(vector), how_to_fix: howToFix, cvss_vector: `CVSS:3.1/${vector}` };
}

export interface MappingInputs {
  findings: readonly ReportedFinding[];
  target: URL;
  createdAt: Date;
  /** Modules that ran to their end: their scanners get a list, if an empty one. */
  completedModules: readonly string[];
}

/**
 * The findings per scanner, and one description per slug that they name. The scanner reports a hole again for each
 * payload that showed it: here it stands once.
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
