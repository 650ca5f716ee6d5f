import { createReport, type Report } from "../../src/reports/report";
import type { ScanOutcome } from "../../src/scanners/scanner";
import { sampleProject, sampleScan } from "../sample-project";

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

export const sampleReport = (outcome: ScanOutcome = OUTCOME): Report =>
  createReport(sampleProject({ name: "Müllers Läden" }), sampleScan({ endedAtMs: 2500, outcome }));
