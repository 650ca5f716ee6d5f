import { definedFields } from "../json-fields";
import { truncated } from "../plain-text";
import type { FindingsReport } from "../report";
import { completenessOf, type SilentScanner } from "./completeness";
import { presentFindings, presentName, type FormatContext, type PresentedFinding } from "./presented-finding";
import { compareLevel } from "./sarif-level";
import { fittingCount, MOST_RESULTS } from "./sarif-limits";
import type { SarifLog, SarifNotification, SarifResult, SarifRule, SarifRun } from "./sarif-log";
import { resultsOf } from "./sarif-results";
import { rulesOf } from "./sarif-rules";
import { sarifText } from "./sarif-text";

export type * from "./sarif-log";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
const TOOL = { name: "Crashtest Security", informationUri: "https://crashtest.cloud" };

/** More names do not help anybody. */
const MOST_NAMES = 20;
const LONGEST_NAME = 100;

/**
 * A report as SARIF 2.1.0, for code scanning: a result per finding, the worst first, and a rule per kind. It obeys the limits
 * of GitHub. Results above them are left out, the mildest first, and a notification says how many.
 *
 * A path of the site stands for a file: it is relative to the root of the repository, so there is no base, which would make
 * an address of it that GitHub refuses. The host is among the properties of a result.
 *
 * The same report always gives the same log: it holds no time and no version.
 */
export function toSarif(report: FindingsReport, context: FormatContext = {}): SarifLog {
  const findings = presentFindings(report, context).sort((a, b) => compareLevel(a.severity, b.severity));
  const { rules, results } = rulesAndResultsOf(findings.slice(0, MOST_RESULTS));
  const count = fittingCount(results, rules);
  const kept = count === results.length ? { rules, results } : rulesAndResultsOf(findings.slice(0, count));
  return { $schema: SCHEMA, version: "2.1.0", runs: [runOf(kept, report, context)] };
}

interface RulesAndResults {
  readonly rules: readonly SarifRule[];
  readonly results: readonly SarifResult[];
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
    tool: { driver: { ...TOOL, rules } },
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
  const names = scanners.slice(0, MOST_NAMES).map(({ name, why }) => {
    return `${truncated(name, LONGEST_NAME)}${why === "" ? "" : ` (${why})`}`;
  });
  const more = scanners.length > MOST_NAMES ? ` and ${scanners.length - MOST_NAMES} more` : "";
  return `Not complete: ${scanners.length} of the scanners ${what}, and nothing is known of ${unknown}: ${names.join(", ")}${more}.`;
}

function leftOutNotification(kept: number, all: number): SarifNotification {
  const text = `${all - kept} of ${all} findings are left out here, the mildest ones: code scanning takes no more than ${MOST_RESULTS} results, and no more than 10 MB compressed. The JSON report has all of them.`;
  return { level: "warning", message: { text } };
}
