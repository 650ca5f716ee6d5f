import { fingerprintOf, parseFindings } from "../../../../findings";
import { toMarkdown } from "../../../../findings/formats/markdown";
import { wireCve, wireDescription, wireFinding } from "../../../fixtures/report";
import { manyFindings, reportOf, reportOfAllSeverities } from "./reports";

/** How long a comment of GitHub may be. */
const LIMIT = 65_536;
const REQUEST = { method: "get", url: "https://shop.example/items?x=1", parameter: "id" };

test("counts, then the findings with the worst first, then how to fix each kind", () => {
  const cve_findings = [3, 9.8, null, 5, 6, 7, 8].map((cvss, index) => wireCve({ cve_id: `CVE-${index}`, cvss }));
  const report = reportOf([
    wireFinding({ details: { request: REQUEST } }),
    wireFinding({ information: "another", cve_findings }),
    wireFinding({ finding_description_slug: "unheard-of", information: null }),
  ]);
  const order = report.findings.map(fingerprintOf).slice(0, 2);
  const text = toMarkdown(report, { scanId: "7", projectId: "1" });
  const items = [
    "- **high 7.5** Open door, `GET https://shop.example/items?x=1`, parameter `id`, scanner `xss`\n  Seen: `The door of the shop was open.`\n",
    "- **high 7.5** Open door, scanner `xss`\n  Seen: `another`\n  CVEs: `CVE-2`, `CVE-1 (9.8)`, `CVE-6 (8)`, `CVE-5 (7)`, `CVE-4 (6)` and 2 more\n",
  ];

  expect(text).toBe(
    `## Crashtest Security: 3 findings

Of scan \`7\` of project \`1\`.

| Severity | Findings |
| --- | ---: |
| critical | 0 |
| high | 2 |
| medium | 0 |
| low | 0 |
| info | 0 |
| unknown | 1 |

### Findings

${(order[0] ?? "") < (order[1] ?? "") ? items.join("") : items.reverse().join("")}- **unknown** unheard-of, scanner \`xss\`

### How to fix

- **Open door** Close it. [How to fix it (wiki.example)](<https://wiki.example/close-the-door>) [OWASP (owasp.example)](<https://owasp.example/open-door>)
`,
  );
});

test("the worst come first", () => {
  const ratings = Array.from(
    toMarkdown(reportOfAllSeverities()).matchAll(/^- \*\*(\w+)(?: [\d.]+)?\*\* Door of|^- \*\*(unknown)/gm),
    ([, rated, unrated]) => rated ?? unrated,
  );

  expect(ratings).toEqual(["critical", "high", "medium", "low", "info", "unknown"]);
});

test("new findings are counted and marked, where there is a baseline", () => {
  const report = reportOf(manyFindings(3));
  const text = toMarkdown(report, { baseline: report.findings.slice(0, 1).map(fingerprintOf) });

  expect(text).toMatch(/^## Crashtest Security: 3 findings, 2 new\n/);
  expect(text).toContain("| Severity | Findings | New |\n| --- | ---: | ---: |\n");
  expect(text).toContain("| high | 3 | 2 |\n");
  expect(text.match(/^- \*\*high 7\.5\*\* \*\*new\*\* /gm)).toHaveLength(2);
  expect(toMarkdown(report)).not.toContain("new");
});

test("a report without findings says so, and names who did not run", () => {
  expect(toMarkdown(reportOf([]))).toBe("## Crashtest Security: 0 findings\n\nThe scanners that ran found nothing.\n");

  const text = toMarkdown(
    reportOf([], [], ["xss", "`csrf`", ...Array.from({ length: 30 }, (_, index) => `s${index}`)]),
  );
  expect(text).toContain("**Not complete: 31 scanners did not run**");
  expect(text).toMatch(/: `` `csrf` ``, `s0`, .+, `s18` and 11 more\.\n$/);
});

test("a text that does not fit is cut at a finding, says how many are left out, and keeps the counts of all", () => {
  const text = toMarkdown(reportOf(manyFindings(2000)));
  const listed = text.match(/^- \*\*high 7\.5\*\* /gm)?.length ?? 0;

  expect(text.length).toBeLessThan(LIMIT);
  expect(text.length).toBeGreaterThan(40_000);
  expect(listed).toBeGreaterThan(100);
  expect(text).toContain("| high | 2000 |");
  expect(text).toContain(`\n**${2000 - listed} of 2000 findings are not listed here`);
  expect(text).toContain("### How to fix\n\n- **Open door** Close it.");
});

test("kinds that do not fit are left out, and it says how many", () => {
  const slugs = Array.from({ length: 100 }, (_, index) => `slug-${index}`);
  const findings = slugs.map((slug) => wireFinding({ finding_description_slug: slug }));
  const text = toMarkdown(
    reportOf(
      findings,
      slugs.map((slug) => wireDescription({ slug, how_to_fix: "x".repeat(2000) })),
    ),
  );
  const fixes = text.match(/ x+… \[/g)?.length ?? 0;

  expect(text.length).toBeLessThan(LIMIT);
  expect(fixes).toBeGreaterThan(20);
  expect(text).toContain(`**${100 - fixes} of 100 kinds are left out here.**`);
});

test.each(["`", "$a", "@a", "|", "<", "\\", "x", "\u{1F6AA}", "a ", "&#0;", "]("])(
  "very long texts of %j leave room for others, and stay below the limit",
  (unit) => {
    const long = unit.repeat(3000);
    const request = { method: "GET", url: `https://shop.example/${long}`, parameter: long };
    const findings = manyFindings(60, (index) => ({
      ...{ information: `${index} ${long}`, finding_description_slug: `s${index % 30}`, details: { request } },
      cve_findings: Array.from({ length: 6 }, () => wireCve({ cve_id: long })),
    }));
    const descriptions = Array.from({ length: 30 }, (_, index) =>
      wireDescription({ slug: `s${index}`, title: long, how_to_fix: long }),
    );
    const report = parseFindings({ findings: { [long]: findings }, descriptions, scanners: [`a${long}`] });
    const text = toMarkdown(report, { scanId: long, projectId: long, baseline: [] });

    expect(text.length).toBeLessThan(LIMIT);
    expect(text.match(/^- \*\*high 7\.5\*\* \*\*new\*\* /gm)?.length).toBeGreaterThan(5);
    expect(text).toMatch(/### How to fix\n\n- /);
  },
);

test("requests are not shown, the same report gives the same text", () => {
  const report = reportOf([wireFinding({ details: { request: { ...REQUEST, body: "not-for-a-comment" } } })]);

  expect(toMarkdown(report)).not.toContain("not-for-a-comment");
  expect(toMarkdown(report)).toBe(toMarkdown(report));
});
