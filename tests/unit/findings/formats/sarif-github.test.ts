import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { parseBaselineFile } from "../../../../gate/rules/baseline-file";
import { toSarif, type SarifLog } from "../../../../findings/formats/sarif";
import { parseFindings } from "../../../../findings";
import { wireDescription, wireFinding, type Wire } from "../../../fixtures/report";
import { manyFindings, reportOf } from "./reports";
import { notesIn, resultsIn, rulesIn, schemaErrors } from "./sarif-reader";

// What code scanning of GitHub publishes as its rules and limits, each with a test of its own.

const LONG = `Door ${"x".repeat(20_000)}`;

const logOf = (description: Wire, finding: Wire = {}): SarifLog =>
  toSarif(reportOf([wireFinding(finding)], [wireDescription(description)]));

test("one run in a file, of at most 20", () => {
  expect(logOf({}).runs).toHaveLength(1);
});

test("at most 25,000 results in a run: the worst stay, what is left out is told", () => {
  const slugs = ["mild", "bad", "unrated"];
  const wire = manyFindings(25_003, (index) => ({ finding_description_slug: slugs[index % 3] }));
  const log = toSarif(
    reportOf(wire, [wireDescription({ slug: "mild", baseScore: 1 }), wireDescription({ slug: "bad", baseScore: 9.9 })]),
  );
  const levels = resultsIn(log).map(({ level }) => level);

  expect(levels).toHaveLength(25_000);
  expect(levels.lastIndexOf("error")).toBe(8334 - 1);
  expect(levels.lastIndexOf("warning")).toBe(2 * 8334 - 1);
  expect(notesIn(log)).toEqual([expect.stringContaining("3 of 25003 findings are omitted")]);
  expect(log.runs[0].invocations[0].executionSuccessful).toBe(true);
});

test("25,000 results are not too many", () => {
  const log = toSarif(reportOf(manyFindings(25_000)));

  expect(resultsIn(log)).toHaveLength(25_000);
  expect(notesIn(log)).toEqual([]);
});

test("at most 25,000 rules in a run", () => {
  const log = toSarif(
    reportOf(
      manyFindings(25_001, (index) => ({ finding_description_slug: `s${index}` })),
      [],
    ),
  );

  expect(rulesIn(log)).toHaveLength(25_000);
  expect(Math.max(...resultsIn(log).map(({ ruleIndex }) => ruleIndex))).toBe(24_999);
});

test("at most 10 MB compressed, as it is and indented: the worst stay, what is left out is told", () => {
  // Nothing of it can be compressed by more than a quarter.
  const wire = manyFindings(5000, (index) => ({
    information: randomBytes(2900).toString("base64"),
    finding_description_slug: index % 2 === 0 ? "mild" : "bad",
  }));
  const log = toSarif(
    reportOf(wire, [wireDescription({ slug: "mild", baseScore: 1 }), wireDescription({ slug: "bad", baseScore: 9.9 })]),
  );
  const levels = resultsIn(log).map(({ level }) => level);

  for (const indent of [0, 2]) expect(gzipSync(JSON.stringify(log, null, indent)).length).toBeLessThan(10_000_000);
  expect(levels.length).toBeGreaterThan(2500);
  expect(levels.filter((level) => level === "error")).toHaveLength(2500);
  expect(notesIn(log)).toEqual([expect.stringContaining(`${5000 - levels.length} of 5000 findings are omitted`)]);
  expect(schemaErrors(log)).toEqual([]);
});

test("one location for a result, of at most 1,000, with all four numbers of its region", () => {
  for (const { locations } of resultsIn(logOf({}))) {
    expect(locations).toHaveLength(1);
    expect(locations[0].physicalLocation.region).toEqual({ startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 });
  }
});

test("at most 10 tags of a rule, each once, the first of which is `security`", () => {
  const scanners = ["security", "dast", ...Array.from({ length: 20 }, (_, index) => `s${index}`)];
  const findings = Object.fromEntries(scanners.map((scanner) => [scanner, [wireFinding()]]));
  const [rule] = rulesIn(toSarif(parseFindings({ findings, descriptions: [wireDescription()] })));

  expect(rule?.properties.tags).toHaveLength(10);
  expect(rule?.properties.tags[0]).toBe("security");
  expect(new Set(rule?.properties.tags).size).toBe(10);
});

test.each<[what: string, most: number, text: (log: SarifLog) => string | undefined]>([
  ["the name of a rule", 255, (log) => rulesIn(log)[0]?.name],
  ["its short description", 1024, (log) => rulesIn(log)[0]?.shortDescription.text],
  ["its full description", 1024, (log) => rulesIn(log)[0]?.fullDescription.text],
])("%s has at most %d characters", (_what, most, text) => {
  const cut = text(logOf({ title: LONG, description: LONG }));

  expect(cut).toHaveLength(most);
  expect(cut).toMatch(/^Door x+…$/);
});

test("no required text is empty", () => {
  const nothing = {
    title: null,
    description: " ",
    how_to_fix: null,
    reference_owasp: null,
    reference_resolution: null,
  };
  const log = logOf({ ...nothing, slug: " " }, { finding_description_slug: " ", information: null });
  const [rule] = rulesIn(log);
  const [result] = resultsIn(log);

  for (const text of [
    rule?.id,
    rule?.shortDescription.text,
    rule?.fullDescription.text,
    rule?.help.text,
    result?.message.text,
  ])
    expect(text?.trim()).toMatch(/./);
  expect(result?.ruleId).toBe(rule?.id);
});

test.each<[baseScore: number | null, severity: string | undefined]>([
  [9.1, "9.1"],
  [10, "10.0"],
  [9, "9.0"],
  [7, "7.0"],
  [0.1, "0.1"],
  // As CVSS rounds, and so in the same band as the severity.
  [8.95, "9.0"],
  [3.95, "4.0"],
  [0.04, "0.1"],
  [4.000000000000001, "4.0"],
  // Above 0 only, and nothing where nobody rated it.
  [0, undefined],
  [null, undefined],
  [11, undefined],
])("the security severity of the score %p is %p", (baseScore, severity) => {
  const [rule] = rulesIn(logOf({ baseScore }));

  expect(rule?.properties["security-severity"]).toBe(severity);
});

test.each(["/../../etc/passwd", "//evil.example", "/a/%2e%2e%2fb", "/http://evil.example/", "/a b", undefined])(
  "an address is relative to the repository, without scheme and host: %j",
  (path) => {
    const request = { method: "GET", url: path === undefined ? undefined : `https://shop.example${path}` };
    const [result] = resultsIn(logOf({}, { details: { request } }));
    const uri = result?.locations[0].physicalLocation.artifactLocation.uri ?? "";

    expect(uri).toMatch(/^[^/:]/);
    for (const read of [uri, decodeURIComponent(uri)]) {
      expect(read).not.toMatch(/^\/|^[a-z]+:|:\/\/|shop\.example/);
      expect(read.split(/[/\\]/)).not.toContain("..");
    }
  },
);

test("each result has the fingerprint that GitHub goes by, no two of them the same", () => {
  const log = toSarif(reportOf([...manyFindings(3), ...manyFindings(3)]));
  const alerts = resultsIn(log).map(({ partialFingerprints }) => partialFingerprints["primaryLocationLineHash"]);

  expect(alerts.every((alert) => /^[0-9a-f]{64}:\d+$/.test(alert ?? ""))).toBe(true);
  expect(new Set(alerts).size).toBe(6);
});

test("this package reads the fingerprints back as a baseline", () => {
  expect(parseBaselineFile(JSON.stringify(toSarif(reportOf(manyFindings(3)))))).toHaveLength(3);
});
