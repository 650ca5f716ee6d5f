import type { ScriptedFinding, ScriptedScan } from "../../local/src";

/** A shop that is scanned with each build; its gate counts new findings only. */
export const PROGRAM = `
const crashtest = require("pulumi-crashtest");

new crashtest.Project("shop", {
  url: "https://shop.example/",
  scanOnDeploy: { triggers: [process.env.BUILD], gate: { failOn: "medium", baseline: "firstScan" } },
});
`;

const found = (slug: string, method: string, path: string, parameter?: string): ScriptedFinding => ({
  finding_description_slug: slug,
  information: `Invented: ${method} ${path}`,
  details: { request: { method, url: `https://shop.example${path}`, ...(parameter !== undefined && { parameter }) } },
});

const DESCRIPTIONS = [
  { slug: "sql-injection", title: "SQL injection", baseScore: 9.8 },
  { slug: "path-traversal", title: "Path traversal", baseScore: 7.5 },
  { slug: "reflected-xss", title: "Reflected cross-site scripting", baseScore: 6.1 },
  { slug: "missing-csrf-token", title: "Form without CSRF token", baseScore: 4.3 },
  { slug: "missing-hsts", title: "No Strict-Transport-Security", baseScore: 3.1 },
];

const STAYING = {
  fileinclusion: [found("path-traversal", "GET", "/download", "sheet")],
  xss: [found("reflected-xss", "GET", "/search", "q")],
  ssl: [found("missing-hsts", "GET", "/")],
};

/** The first scan is the baseline. In the second, one finding is fixed, one is new, and the others are unchanged. */
export const SCANS: ScriptedScan[] = [
  {
    findings: { ...STAYING, csrf: [found("missing-csrf-token", "POST", "/account", "name")] },
    descriptions: DESCRIPTIONS,
  },
  {
    findings: { ...STAYING, sqlinjection: [found("sql-injection", "GET", "/item", "id")] },
    descriptions: DESCRIPTIONS,
  },
];
