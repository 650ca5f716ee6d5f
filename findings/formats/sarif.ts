import { gzipSync } from "node:zlib";
import { truncated } from "../../errors/plain-text";
import { type ServiceKind, SERVICE_NAMES } from "../../service/rules";
import { type SilentScanner, completenessOf, listScanners } from "./completeness";
import { type FormatContext, type PresentedFinding, presentFindings, presentName } from "./presented-finding";
import { compareLevel, resultsOf, rulesOf, sarifText } from "./sarif-results";
import type { SarifLog, SarifNotification, SarifResult, SarifRule, SarifRun } from "./sarif-log";
import { definedFields } from "../json-fields";
import type { FindingsReport } from "../report";

export type * from "./sarif-log";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
/** The name is how code scanning tells tools apart: it never changes. */
const TOOLS: Readonly<Record<ServiceKind, { name: string; informationUri: string }>> = {
  crashtest: { name: SERVICE_NAMES.crashtest, informationUri: "https://crashtest.cloud" },
  veracode: { name: SERVICE_NAMES.veracode, informationUri: "https://www.veracode.com" },
};

const LONGEST_NAME = 100;

/**
 * Converts a report to SARIF 2.1.0 for code scanning: a result per finding, the most severe first, and a rule per kind. It keeps
 * to GitHub's limits: results beyond them are omitted, the least severe first, and a notification says how many.
 *
 * A path of the site is used as a file, relative to the root of the repository. There is no base, since GitHub refuses the
 * resulting URLs. The host is a property of the result.
 *
 * The same report always yields the same log: it contains no time and no version.
 */
export function toSarif(report: FindingsReport, context: FormatContext = {}): SarifLog {
  const findings = presentFindings(report, context).sort((a, b) => compareLevel(a.severity, b.severity));
  const { rules, results } = rulesAndResultsOf(findings.slice(0, MOST_RESULTS));
  const count = fittingCount(results, rules);
  const kept = count === results.length ? { rules, results } : rulesAndResultsOf(findings.slice(0, count));
  return { $schema: SCHEMA, version: "2.1.0", runs: [runOf(kept, report, context)] };
}

interface RulesAndResults {
  readonly rules: SarifRule[];
  readonly results: SarifResult[];
}

function rulesAndResultsOf(findings: readonly PresentedFinding[]): RulesAndResults {
  const rules = rulesOf(findings);
  return { rules, results: resultsOf(findings, rules) };
}

function runOf({ rules, results }: RulesAndResults, report: FindingsReport, context: FormatContext): SarifRun {
  const { badEnd, broken, missing } = completenessOf(report, context);
  const ids = definedFields({ projectId: nameOf(context.projectId), scanId: nameOf(context.scanId) });
  const gaps = [
    ...(badEnd === undefined ? [] : [errorNotification(`Not complete: the scan ${badEnd}. ${UNFINISHED}`)]),
    ...(broken.length > 0 ? [errorNotification(silentText(broken, "broke", "what they were to find"))] : []),
    ...(missing.length > 0 ? [errorNotification(silentText(missing, "did not run", "what they look for"))] : []),
  ];
  const notifications = [
    ...gaps,
    ...(results.length < report.findings.length ? [leftOutNotification(results.length, report.findings.length)] : []),
  ];
  return {
    tool: { driver: { ...TOOLS[context.service ?? "crashtest"], rules } },
    columnKind: "utf16CodeUnits",
    invocations: [{ executionSuccessful: gaps.length === 0, toolExecutionNotifications: notifications }],
    results,
    ...(Object.keys(ids).length > 0 && { properties: ids }),
  };
}

const nameOf = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : truncated(presentName(name), LONGEST_NAME);

const UNFINISHED = "What is not found here may be there all the same.";

const errorNotification = (text: string): SarifNotification => ({
  level: "error",
  message: sarifText(text, text.length),
});

function silentText(scanners: readonly SilentScanner[], what: string, unknown: string): string {
  const names = listScanners(
    scanners,
    ({ name, why }) => `${truncated(name, LONGEST_NAME)}${why === "" ? "" : ` (${why})`}`,
  );
  return `Not complete: ${scanners.length} of the scanners ${what}, and nothing is known of ${unknown}: ${names}.`;
}

function leftOutNotification(kept: number, all: number): SarifNotification {
  const text = `${all - kept} of ${all} findings are omitted here, the least severe ones: code scanning accepts at most ${MOST_RESULTS} results, and at most 10 MB compressed. The original report contains all of them.`;
  return { level: "warning", message: { text } };
}

/** GitHub's limit of results per run, and of rules; it rejects a file with more. */
export const MOST_RESULTS = 25_000;

/** GitHub accepts 10 MB, compressed; the rest is for what surrounds results and rules, and for indentation. */
const MOST_BYTES = 9_000_000;

/** Results that are measured at a time. */
const STEP = 50;

/**
 * Returns how many of the results, in steps of 50 from the first, fit into a file together with their rules.
 *
 * @param rules in the order in which the results first use them
 */
export function fittingCount(results: readonly SarifResult[], rules: readonly SarifRule[]): number {
  let size = 0;
  let ruleCount = 0;
  for (let start = 0; start < results.length; start += STEP) {
    const part = results.slice(start, start + STEP);
    const newRuleCount = Math.max(ruleCount, ...part.map(({ ruleIndex }) => ruleIndex + 1));
    size += gzipSync(JSON.stringify([part, rules.slice(ruleCount, newRuleCount)])).length;
    ruleCount = newRuleCount;
    if (size > MOST_BYTES) return start;
  }
  return results.length;
}
