import { fingerprintOf, parseFindings } from "../../findings";
import type { FormatContext } from "../../findings/formats/presented-finding";

const SHOP = "https://shop.example";

const seen = (method: string, path: string, parameter?: string): object => ({
  request: {
    has_findings: true,
    ...{ method, url: SHOP + path, parameter },
    headers: { Accept: "text/html", Cookie: "session=of-nobody" },
  },
});

const kind = (slug: string, title: string, baseScore: number, description: string, fix: string): object => ({
  ...{ slug, title, baseScore, description, how_to_fix: fix },
  reference_owasp: `https://owasp.example/${slug}`,
  reference_resolution: `https://wiki.example/how-to-fix/${slug}`,
});

const found = (slug: string, information: string, details: object, rest: object = {}): object => ({
  ...{ finding_description_slug: slug, information, details },
  ...rest,
});

/** An invented report on an invented shop, with everything that a report can contain. */
export const REPORT = parseFindings({
  scanners: ["sqlinjection", "fileinclusion", "xss", "ssl", "fingerprinting", "fuzzer", "csrf", "xxe", "portscan"],
  findings: {
    sqlinjection: [
      found("sql-injection", "A quote in the value of id changes the statement.", seen("GET", "/item?id=%27", "id")),
    ],
    fileinclusion: [
      found(
        "path-traversal",
        "The value of sheet leads out of the folder of the sheets.",
        seen("GET", "/download?sheet=../../../etc/passwd", "sheet"),
      ),
    ],
    xss: [
      found("xss", "The value of q stands in the page as it came.", seen("GET", "/search?q=%3Csvg%3E", "q")),
      found("xss", "The value of name stands in the page as it came.", seen("POST", "/account", "name")),
    ],
    ssl: [found("hsts", `The Strict-Transport-Security header is not set for URL ${SHOP}/.`, {})],
    fingerprinting: [
      found(
        "version",
        "The server says that it is doord 1.2.",
        {},
        {
          cve_findings: [
            { cve_id: "CVE-2000-0001", cvss: 5.3, information: "A made-up weakness of doord." },
            { cve_id: "CVE-2000-0002", cvss: 9.8, information: "A worse one, made up as well." },
          ],
        },
      ),
    ],
    fuzzer: [found("", "Something that nobody rated.", seen("GET", "/old/"))],
    ...{ csrf: [], xxe: [] },
  },
  descriptions: [
    kind(
      "sql-injection",
      "SQL injection",
      9.8,
      "What a visitor sends becomes a part of a database statement, so that visitors can read and change what they like.",
      "Bind values to prepared statements; never put them into the text of a statement.",
    ),
    kind(
      "path-traversal",
      "Path traversal",
      7.5,
      "A file name that a visitor sends leads to files that were never meant to be handed out.",
      "Resolve the path, and refuse what lies outside the folder.",
    ),
    kind(
      "xss",
      "Reflected cross-site scripting",
      6.1,
      "What a visitor sends becomes a part of the page, and runs as a script of the shop.",
      "Escape every value for the place where it is put, and send a Content-Security-Policy.",
    ),
    kind(
      "hsts",
      "Strict-Transport-Security is missing",
      3.1,
      "Browsers may be led to the shop without encryption.",
      "Send the header Strict-Transport-Security with a year or more.",
    ),
    kind(
      "version",
      "The version of the server is told",
      0,
      "Whoever looks for holes learns where to look first.",
      "Switch the version off in the settings of the server, and keep it up to date.",
    ),
  ],
});

/** All findings but the first were in the last scan. */
export const CONTEXT: FormatContext = {
  projectId: "7",
  scanId: "71",
  baseline: REPORT.findings.slice(1).map(fingerprintOf),
};
