import type { Log } from "sarif";
import { fingerprintOf } from "../../../../findings";
import { toSarif, type SarifResult, type SarifRule } from "../../../../findings/formats/sarif";
import { wireCve, wireDescription, wireFinding, type Wire } from "../../../fixtures/report";
import { manyFindings, reportOf, reportOfAllSeverities, reportOfJunit } from "./reports";
import { countsIn, notesIn, resultsIn, rulesIn, schemaErrors } from "./sarif-reader";

const REQUEST = { method: "post", url: "https://shop.example/a%20b/items?x=1", parameter: "id" };

function resultOf(finding: Wire): SarifResult {
  const [result] = resultsIn(toSarif(reportOf([wireFinding(finding)])));
  if (result === undefined) throw new Error("there is no result");
  return result;
}

function ruleOf(description: Wire, finding: Wire = {}): SarifRule {
  const [rule] = rulesIn(toSarif(reportOf([wireFinding(finding)], [wireDescription(description)])));
  if (rule === undefined) throw new Error("there is no rule");
  return rule;
}

test("a log is one by the types that other tools share", () => {
  const log: Log = toSarif(reportOfAllSeverities());

  expect(log.version).toBe("2.1.0");
});

test("a finding is a result of a rule, by the schema", () => {
  const cves = [wireCve(), wireCve({ cve_id: "CVE-2000-0002", cvss: null })];
  const report = reportOf([wireFinding({ details: { request: REQUEST }, cve_findings: cves })]);
  const [finding] = report.findings;
  const fingerprint = finding === undefined ? "" : fingerprintOf(finding);
  const log = toSarif(report);

  expect(schemaErrors(log)).toEqual([]);
  expect(log).toMatchObject({ version: "2.1.0", runs: [{ tool: { driver: { name: "Crashtest Security" } } }] });
  expect(log.$schema).toMatch(/sarif-schema-2\.1\.0\.json$/);
  expect(rulesIn(log)).toEqual([
    {
      id: "open-door",
      name: "Open door",
      shortDescription: { text: "Open door" },
      fullDescription: { text: "The door stands open." },
      help: {
        text: "Close it.\nHow to fix it: https://wiki.example/close-the-door\nOWASP: https://owasp.example/open-door",
        markdown:
          "Close it.\n\n[How to fix it (wiki.example)](<https://wiki.example/close-the-door>)\n\n[OWASP (owasp.example)](<https://owasp.example/open-door>)",
      },
      helpUri: "https://wiki.example/close-the-door",
      defaultConfiguration: { level: "error" },
      properties: { tags: ["security", "dast", "xss"], "security-severity": "7.5" },
    },
  ]);
  expect(resultsIn(log)).toEqual([
    {
      ruleId: "open-door",
      ruleIndex: 0,
      level: "error",
      message: { text: "The door of the shop was open." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "a%20b/items" },
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
          },
        },
      ],
      partialFingerprints: { "crashtestFinding/v1": fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
      webRequest: {
        method: "POST",
        target: REQUEST.url,
        properties: { text: `method: post\nurl: ${REQUEST.url}\nparameter: id` },
      },
      properties: {
        ...{ severity: "high", score: 7.5, title: "Open door", scanner: "xss" },
        ...{ host: "shop.example", path: "/a%20b/items", method: "POST", parameter: "id" },
        cves: [{ id: "CVE-2000-0001", cvssScore: 9.8 }, { id: "CVE-2000-0002" }],
        cveCount: 2,
      },
    },
  ]);
});

test("a sentence that is a place gives the path", () => {
  const { locations, properties } = resultOf({ information: "GET /search, parameter q", details: undefined });

  expect(locations[0].physicalLocation.artifactLocation).toEqual({ uri: "search" });
  expect(properties).toMatchObject({ path: "/search", method: "GET", parameter: "q" });
});

test("levels and counts are those of the severities; what nobody rated is a warning, before what is a note", () => {
  const log = toSarif(reportOfAllSeverities());

  expect(resultsIn(log).map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ["critical", "error"],
    ["high", "error"],
    ["medium", "warning"],
    ["unknown", "warning"],
    ["low", "note"],
    ["info", "note"],
  ]);
  expect(rulesIn(log).map(({ defaultConfiguration }) => defaultConfiguration.level)).toEqual(
    resultsIn(log).map(({ level }) => level),
  );
  expect(countsIn(log)).toEqual({ critical: 1, high: 1, medium: 1, low: 1, info: 1, unknown: 1 });
});

test("a report without findings is a run without results", () => {
  const log = toSarif(reportOf([]));

  expect(schemaErrors(log)).toEqual([]);
  expect(log.runs).toMatchObject([
    { results: [], invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }] },
  ]);
});

test("a scanner that did not run makes the run no success, and is named", () => {
  const scanners = ["xss", "ssl\u202E", ...Array.from({ length: 30 }, (_, index) => `s${index}`)];
  const log = toSarif(reportOf([], [], scanners));

  expect(schemaErrors(log)).toEqual([]);
  expect(log.runs[0].invocations[0].executionSuccessful).toBe(false);
  expect(notesIn(log)).toEqual([expect.stringContaining("31 of the scanners did not run")]);
  expect(notesIn(log)).toEqual([expect.stringMatching(/: ssl\uFFFD, s0, .+, s18 and 11 more\.$/)]);
});

test("findings of one fingerprint are alerts of their own, whatever their order", () => {
  const wire = ["two", "one"].map((information) => wireFinding({ information, details: { request: REQUEST } }));
  const alertsOf = (findings: readonly Wire[]): unknown[] =>
    resultsIn(toSarif(reportOf(findings))).map(({ message, partialFingerprints }) => [
      message.text,
      partialFingerprints["primaryLocationLineHash"]?.replace(/^[0-9a-f]{64}/, ""),
    ]);

  expect(alertsOf(wire)).toEqual([
    ["one", ":1"],
    ["two", ":2"],
  ]);
  expect(alertsOf([...wire].reverse())).toEqual(alertsOf(wire));
});

test("a state against the baseline only where there is one", () => {
  const report = reportOf(manyFindings(3));
  const baseline = report.findings.slice(0, 1).map(fingerprintOf);
  const states = resultsIn(toSarif(report, { baseline })).map(({ baselineState }) => baselineState);

  expect(states.sort()).toEqual(["new", "new", "unchanged"]);
  for (const result of resultsIn(toSarif(report))) expect(result).not.toHaveProperty("baselineState");
});

test("scan and project are named where they are known, made plain", () => {
  expect(toSarif(reportOf([]), { scanId: "7\u202E", projectId: "1" }).runs[0].properties).toEqual({
    scanId: "7\uFFFD",
    projectId: "1",
  });
  expect(toSarif(reportOf([])).runs[0]).not.toHaveProperty("properties");
});

test.each<[finding: Wire, webRequest: unknown]>([
  [{}, undefined],
  [{ details: { request: { url: "/a" } } }, { target: "/a", properties: { text: "url: /a" } }],
  [{ details: { request: "GET /" } }, { properties: { text: "GET /" } }],
  [
    { information: "Retrieved https://a.example/b by using a GET request on the URL without prior knowledge." },
    { method: "GET", target: "https://a.example/b" },
  ],
])("the web request of %j is %j", (finding, webRequest) => {
  expect(resultOf(finding).webRequest).toEqual(webRequest);
});

test.each<[finding: Wire, text: string]>([
  [{ information: null }, "Open door"],
  [{ information: "  " }, "Open door"],
  [{ information: null, finding_description_slug: null }, "xss"],
  [{ information: "see [this](http://evil.example) and [2](1)" }, "see [this] (http://evil.example) and [2] (1)"],
])("the message of %j is %j", (finding, text) => {
  expect(resultOf(finding).message.text).toBe(text);
});

test("a finding without a slug has a rule of its scanner, which no slug can take over", () => {
  const log = toSarif(
    reportOf([wireFinding({ finding_description_slug: null }), wireFinding({ finding_description_slug: "xss" })]),
  );

  expect(
    rulesIn(log)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(["scanner/xss", "xss"]);
  expect(rulesIn(log).find(({ id }) => id === "scanner/xss")?.name).toBe(
    "Findings of the scanner xss without a description",
  );
});

test("a rule is as bad as the worst finding that it stands for", () => {
  const slugs = ["a\u202E", "a\u202D"];
  const scores = [3, 9.3].map((baseScore, index) => wireDescription({ slug: slugs[index], baseScore }));
  const log = toSarif(
    reportOf(
      slugs.map((slug) => wireFinding({ finding_description_slug: slug })),
      scores,
    ),
  );

  expect(rulesIn(log)).toMatchObject([
    { defaultConfiguration: { level: "error" }, properties: { "security-severity": "9.3" } },
  ]);
  expect(resultsIn(log).map(({ ruleIndex, level }) => [ruleIndex, level])).toEqual([
    [0, "error"],
    [0, "note"],
  ]);
});

test("a link in the texts of a rule is none", () => {
  const evil = "[a](http://evil.example)";
  const { shortDescription, fullDescription, help } = ruleOf({ title: evil, description: evil, how_to_fix: evil });

  for (const { text } of [shortDescription, fullDescription, help]) expect(text).toContain("[a] (http://evil.example)");
  expect(help.markdown).toContain("&#91;a&#93;(http:&#8203;//evil.example)");
});

test("the same report gives the same log, without a time, a version, or anything else that changes", () => {
  const text = (): string => JSON.stringify(toSarif(reportOfAllSeverities(), { scanId: "1" }));

  expect(text()).toBe(text());
  expect(text()).not.toMatch(/\d{4}-\d\d-\d\d|"(?:semanticV|v)ersion":"(?!2\.1\.0")/);
});

test("a finding of an XML report has its fingerprint under a name of its own", () => {
  const report = reportOfJunit("The door stood open.");
  const [fingerprint] = report.findings.map(fingerprintOf);
  const log = toSarif(report);

  expect(schemaErrors(log)).toEqual([]);
  expect(resultsIn(log).map(({ partialFingerprints }) => partialFingerprints)).toEqual([
    { "crashtestJunit/v1": fingerprint, primaryLocationLineHash: `${fingerprint ?? ""}:1` },
  ]);
});
