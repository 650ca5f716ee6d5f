import { createReport, type Report } from "../../src/reports/report";
import type { ScanOutcome } from "../../src/scanners/scanner";

const AT = "2026-01-01T00:00:00Z";

/** A finding per severity, a scanner that broke, one that found nothing; all others did not run. */
export const OUTCOME: ScanOutcome = {
  state: "finished",
  findings: {
    xss: [
      {
        service_type: "xss",
        finding_description_slug: "high-one",
        information: "bell \u0007 <b> & \u2028 ]]> \ud800",
        created_at: AT,
      },
      {
        service_type: "xss",
        finding_description_slug: "no-such",
        information: "Größe Ελληνικά Привет",
        created_at: AT,
      },
    ],
    sqlinjection: [
      { service_type: "sqlinjection", finding_description_slug: "critical-one", information: "", created_at: AT },
    ],
    csrf: [],
    ssl: [],
  },
  descriptions: [
    { slug: "high-one", title: "Hoch", baseScore: 7.5, how_to_fix: "Escape it." },
    { slug: "critical-one", title: "Kritisch", baseScore: 9.8 },
  ],
  errors: [{ scanner: "ssl", message: "timed out" }],
};

export function sampleReport(outcome: ScanOutcome = OUTCOME): Report {
  const project = {
    id: 7,
    teamId: 1,
    name: "Müllers Läden",
    url: "http://127.0.0.1/",
    type: "webapp",
    webhook: "",
    proofSeed: "",
    createdAtMs: 0,
    updatedAtMs: 0,
    targetId: "",
    profileId: "",
    scanType: "quick" as const,
    description: undefined,
    apiSpecification: undefined,
    isForLeadsOnly: false,
  };
  const scan = {
    id: 9,
    projectId: 7,
    runId: "",
    number: 1,
    startedBy: undefined,
    state: "finished" as const,
    startedAtMs: 0,
    endedAtMs: 2500,
    progress: "",
    progressFraction: undefined,
    outcome,
  };
  return createReport(project, scan);
}
