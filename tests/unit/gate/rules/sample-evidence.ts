import type { Finding } from "../../../../findings/finding";
import type { Severity } from "../../../../findings/severity";
import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import type { GateEvidence, GatedScan } from "../../../../gate/rules/verdict";

/** What the service can do for a scan by project, and by webhook. */
export const BY_PROJECT = CRASHTEST_RULES.abilitiesFor("project");
export const BY_WEBHOOK = CRASHTEST_RULES.abilitiesFor("webhook");

export const NOW = new Date("2026-06-01T12:00:00Z");
export const URN = "urn:pulumi:prod::shop::pulumi-nodejs:dynamic/crashtest:Scan::nightly";

/** One score of each severity. */
const SCORES: Readonly<Record<Exclude<Severity, "unknown">, number>> = {
  critical: 9.8,
  high: 8.8,
  medium: 6.1,
  low: 3.1,
  info: 0,
};

/** A finding that is rated as its severity says; one of unknown severity has no rating. */
export function finding(severity: Severity, fields: Partial<Finding> = {}): Finding {
  return {
    scanner: "xss",
    slug: "open-door",
    title: "Open door",
    severity,
    ...(severity !== "unknown" && { cvss: { baseScore: SCORES[severity] } }),
    information: "The door stood open.",
    where: { method: "GET", path: "/items", parameter: "q" },
    references: {},
    cves: [],
    additional: {},
    ...fields,
  };
}

/** A finding of an XML (JUnit) report, with this message. */
export const junitFinding = (severity: Severity, information: string): Finding => ({
  ...{ scanner: "xss", slug: "", severity, information, where: {}, references: {}, cves: [], additional: {} },
  testCase: "Cross-Site Scripting (XSS)",
});

/** So many findings of a severity, each with a path of its own. */
export const findingsOf = (severity: Severity, count: number): Finding[] =>
  Array.from({ length: count }, (_, at) => finding(severity, { where: { method: "GET", path: `/${severity}/${at}` } }));

/** A scan of this deployment that has finished. */
export const gatedScan = (fields: Partial<GatedScan> = {}): GatedScan => ({
  scanId: "31",
  abilities: BY_PROJECT,
  startedBy: "deployment",
  end: { kind: "status", state: "finished", statusCode: 3 },
  projectId: "7",
  urn: URN,
  ...fields,
});

/** What opens a gate with default settings: a finished scan of this deployment, one scanner that ran, nothing found. */
export const evidence = (fields: Partial<GateEvidence> = {}): GateEvidence => ({
  scan: gatedScan(),
  findings: { findings: [], scanners: { ran: ["xss"] } },
  scannerErrors: [],
  now: NOW,
  ...fields,
});

/** As `evidence`, with these findings. */
export const found = (findings: readonly Finding[], fields: Partial<GateEvidence> = {}): GateEvidence =>
  evidence({ findings: { findings, scanners: { ran: ["xss"] } }, ...fields });
