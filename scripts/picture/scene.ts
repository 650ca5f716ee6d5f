import type { Script } from "../../local/src";

const found = (url: string, parameter: string): { request: Record<string, unknown> } => ({
  request: { has_findings: true, method: "GET", url: `http://127.0.0.1:8080${url}`, parameter },
});

/** What the shop's scans find for the picture: first three holes, later (not shown yet) nothing. */
export const SCENE: Script = {
  default: [
    {
      durationSeconds: 42,
      findings: {
        sqlinjection: [
          {
            finding_description_slug: "sql-injection",
            information: "A quote in the value of id changes the statement.",
            details: found("/item?id=%27", "id"),
          },
        ],
        fileinclusion: [
          {
            finding_description_slug: "path-traversal",
            information: "The value of sheet leads out of the folder of the sheets.",
            details: found("/download?sheet=../../../etc/passwd", "sheet"),
          },
        ],
        xss: [
          {
            finding_description_slug: "reflected-xss",
            information: "The value of q stands in the page as it came.",
            details: found("/search?q=%3Cscript%3E", "q"),
          },
        ],
      },
      descriptions: [
        {
          slug: "sql-injection",
          title: "SQL injection",
          how_to_fix: "Bind values to prepared statements.",
          baseScore: 9.8,
        },
        {
          slug: "path-traversal",
          title: "Path traversal",
          how_to_fix: "Resolve the path, and refuse what lies outside the folder.",
          baseScore: 7.5,
        },
        {
          slug: "reflected-xss",
          title: "Reflected cross-site scripting",
          how_to_fix: "Escape every value for the place where it is put.",
          baseScore: 6.1,
        },
      ],
      ran: ["commandinjection", "csrf", "cve", "fingerprinting", "fuzzer", "ssl", "xxe"],
    },
    { durationSeconds: 40 },
  ],
};
