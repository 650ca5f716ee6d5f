import type { Script, ScriptedScan } from "../../../src/index";

const request = (method: string, url: string, parameter?: string): { request: Record<string, unknown> } => ({
  request: { has_findings: true, method, url, ...(parameter === undefined ? {} : { parameter }) },
});

/** Ends after ten seconds with findings of each severity, a scanner that broke and two that are missing. */
export const MIXED: ScriptedScan = {
  durationSeconds: 10,
  findings: {
    xss: [
      {
        finding_description_slug: "xss",
        information: "The value of q stands in the page as it came.",
        details: request("GET", "http://127.0.0.1:8080/search?q=%3Cb%3E", "q"),
      },
    ],
    sqlinjection: [
      {
        finding_description_slug: "sqli",
        information: "A quote in id changes the statement.",
        details: request("GET", "http://127.0.0.1:8080/item?id=%27", "id"),
      },
    ],
    fileinclusion: [{ finding_description_slug: "path", information: "A file outside the folder was read." }],
    ssl: [{ finding_description_slug: "csp", information: "GET /" }],
    fingerprinting: [
      {
        finding_description_slug: "version",
        information: "The server tells its version.",
        cve_findings: [{ cve_id: "CVE-2021-23017", cvss: 7.7 }],
      },
    ],
    fuzzer: [{ finding_description_slug: "unrated", information: "Something that nobody rated." }],
  },
  descriptions: [
    {
      slug: "sqli",
      title: "SQL injection",
      description: "A value becomes a statement.",
      how_to_fix: "Bind it.",
      baseScore: 9.8,
    },
    { slug: "path", title: "Path traversal", how_to_fix: "Resolve the path.", baseScore: 7.5 },
    { slug: "xss", title: "Reflected XSS", how_to_fix: "Escape it.", baseScore: 6.1 },
    { slug: "csp", title: "No Content-Security-Policy", how_to_fix: "Send one.", baseScore: 3.1 },
    { slug: "version", title: "Version told", baseScore: 0 },
  ],
  ran: ["csrf", "xxe", "cve"],
  errors: [{ scanner: "commandinjection", message: "exec: out of time" }],
};

/** A finding that tries everything to become more than text. */
export const EVIL_TEXT = `<script>tellTrouble("script ran")</script><img src=x onerror="tellTrouble('image ran')">`;
export const EVIL_URL = `javascript:tellTrouble("address ran")`;
export const EVIL: ScriptedScan = {
  findings: {
    xss: [
      {
        finding_description_slug: "evil",
        information: `\u202Egnp.exe\u202C \u001b[31mred\u0007 ${EVIL_TEXT}`,
        details: request(EVIL_TEXT, EVIL_URL, EVIL_TEXT),
        cve_findings: [{ cve_id: EVIL_TEXT }],
      },
    ],
  },
  descriptions: [
    {
      slug: "evil",
      title: `"'><svg onload=tellTrouble("drawing ran")> ${EVIL_TEXT}`,
      description: EVIL_TEXT,
      how_to_fix: `${EVIL_URL} ${EVIL_TEXT}`,
      baseScore: 8,
      cvss_vector: EVIL_TEXT,
    },
  ],
  errors: [{ scanner: "ssl", message: EVIL_TEXT }],
};

/** Successive scans of the one target. */
export const scans = (...list: ScriptedScan[]): Script => ({ default: list });
