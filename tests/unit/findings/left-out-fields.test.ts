import { parseFindings, type FindingsReport, type Severity } from "../../../findings";
import { wireCve, wireDescription, wireFinding, wireReport, type Wire } from "../../fixtures/report";

const SECRET = "s3cr3t-value";

const withFinding = (fields: Wire): Wire => wireReport({ xss: [wireFinding(fields)] });
const withDescription = (fields: Wire): Wire =>
  wireReport({ xss: [wireFinding()] }, { descriptions: [wireDescription(fields)] });
const withCve = (fields: Wire): Wire => withFinding({ cve_findings: [wireCve(fields)] });

test.each<[unknown, Severity, number | undefined]>([
  ["7.5", "high", 7.5],
  [" 9 ", "critical", 9],
  ["0", "info", 0],
  ["", "unknown", undefined],
  [" ", "unknown", undefined],
])("a score of %j is %s, and nothing is left out", (baseScore, severity, score) => {
  const { findings, descriptions, warnings } = parseFindings(withDescription({ baseScore }));

  expect(findings).toMatchObject([{ severity }]);
  expect(descriptions[0]?.cvss?.baseScore).toBe(score);
  expect(warnings).toEqual([]);
});

test.each<[unknown, string]>([
  ["high", "a string"],
  ["7,5", "a string"],
  ["1e1", "a string"],
  ["-1", "a string"],
  [[9.8], "an array"],
  [{ v3: 9.8 }, "an object"],
  [true, "a boolean"],
])("a score of %j is unknown, with a warning", (baseScore, kind) => {
  const { findings, warnings } = parseFindings(withDescription({ baseScore }));

  expect(findings).toMatchObject([{ severity: "unknown" }]);
  expect(warnings).toEqual([
    `Findings report: $.descriptions[0].baseScore is ${kind} but must be a number. It was ignored.`,
  ]);
});

test("a score in a text has the vector that it has as a number", () => {
  expect(parseFindings(withDescription({ baseScore: "7.5" })).descriptions).toEqual(
    parseFindings(withDescription({ baseScore: 7.5 })).descriptions,
  );
});

/** A field, a report in which it has another type, where, and what is read of it. */
type Case = [name: string, wire: Wire, path: string, read: (report: FindingsReport) => unknown];
const ofDescription = (name: string, value: unknown, read: Case[3]): Case => [
  name,
  withDescription({ [name]: value }),
  "descriptions[0]",
  read,
];
const ofCve = (name: string, value: unknown, read: Case[3]): Case => [
  name,
  withCve({ [name]: value }),
  "findings.xss[0].cve_findings[0]",
  read,
];
const cveOf = ({ findings }: FindingsReport) => findings[0]?.cves[0];

test.each<Case>([
  ofDescription("impact", "3.6", ({ findings }) => findings[0]?.cvss?.impact),
  ofDescription("exploitability", {}, ({ findings }) => findings[0]?.cvss?.exploitability),
  ofDescription("title", 1, ({ findings }) => findings[0]?.title),
  ofDescription("description", [], ({ findings }) => findings[0]?.description),
  ofDescription("how_to_fix", [SECRET], ({ findings }) => findings[0]?.howToFix),
  ofDescription("reference_owasp", {}, ({ findings }) => findings[0]?.references.owasp),
  ofDescription("reference_resolution", 1, ({ findings }) => findings[0]?.references.resolution),
  ["created_at", withFinding({ created_at: 1767322985 }), "findings.xss[0]", ({ findings }) => findings[0]?.createdAt],
  ofCve("cvss", SECRET, (report) => cveOf(report)?.cvssScore),
  ofCve("information", 1, (report) => cveOf(report)?.information),
  ofCve("product", {}, (report) => cveOf(report)?.product),
  ofCve("version", 1.2, (report) => cveOf(report)?.version),
])("%s of another type is left out with a warning, and the rest is read", (name, wire, path, read) => {
  const report = parseFindings(wire);

  expect(report.findings).toMatchObject([{ severity: "high", information: "The door of the shop was open." }]);
  expect(read(report)).toBeUndefined();
  expect(report.warnings).toEqual([
    expect.stringMatching(/^Findings report: \S+ is an? \w+ but must be a (string|number)\. It was ignored\.$/),
  ]);
  expect(report.warnings[0]).toContain(` $.${path}.${name} is `);
  expect(report.warnings[0]).not.toContain(SECRET);
});

test.each([[20000001], [null], [undefined], [{}]])("a CVE whose ID is %j keeps its score", (cve_id) => {
  const { findings, warnings } = parseFindings(withCve({ cve_id }));

  expect(findings[0]?.cves).toMatchObject([{ id: "", cvssScore: 9.8 }]);
  expect(warnings).toHaveLength(cve_id === null || cve_id === undefined ? 0 : 1);
});

test("many fields of one name are one warning, the same for text and object", () => {
  const odd = wireFinding({ created_at: 1, cve_findings: [wireCve({ cvss: "9" }), wireCve({ cvss: {} })] });
  const wire = wireReport(
    { xss: [wireFinding(), odd, odd], ssl: [odd] },
    { descriptions: [wireDescription({ impact: "" })] },
  );
  const text = JSON.stringify({ data: wire });
  const found = "Findings report: $.data.findings.xss[1]";

  const expected = [
    "Findings report: $.data.descriptions[0].impact is a string but must be a number. It was ignored.",
    `${found}.created_at is a number but must be a string. It was ignored, like 2 more fields of this name.`,
    `${found}.cve_findings[0].cvss is a string but must be a number. It was ignored, like 5 more fields of this name.`,
  ];
  expect(parseFindings(text).warnings).toEqual(expected);
  expect(parseFindings(JSON.parse(text) as object).warnings).toEqual(expected);
});
