import { execFileSync } from "node:child_process";
import { parseFindings, toSarif } from "../../../findings";
import {
  notRun,
  onPublishedReport,
  publishedReport,
  warnWithoutPublishedReport,
} from "../../../tests/fixtures/published-report";
import { countsIn, schemaErrors } from "../../../tests/unit/findings/formats/sarif-reader";
import { formatJson } from "../../src/reports/json";
import { describeCategory } from "../../src/scanners/wapiti/mapping";
import { OUTCOME, sampleReport } from "./sample-report";

warnWithoutPublishedReport("The fields of a published description were");

/** By a scanner of one's own, and by a script that says as little as it may. */
const DESCRIPTIONS = [
  describeCategory("SQL Injection"),
  describeCategory("Unheard of"),
  { slug: "high-one", title: "High" },
  { slug: "critical-one", title: "Critical", baseScore: 9.8 },
];

const jsonOf = (descriptions = DESCRIPTIONS): string =>
  JSON.stringify(formatJson(sampleReport({ ...OUTCOME, descriptions })));

onPublishedReport(`each description has every field of a published one, whoever made it${notRun}`, () => {
  const published = JSON.parse(publishedReport()) as { descriptions: Record<string, unknown>[] };
  const { data } = JSON.parse(jsonOf()) as { data: { descriptions: Record<string, unknown>[] } };
  const fields = Object.keys(Object.assign({}, ...published.descriptions) as object);

  expect(fields.length).toBeGreaterThan(20);
  expect(data.descriptions).toHaveLength(DESCRIPTIONS.length);
  for (const description of data.descriptions) expect(Object.keys(description)).toEqual(expect.arrayContaining(fields));
});

test("what a scanner says of a finding stays, and what it does not say is unset", () => {
  const { descriptions } = formatJson(sampleReport({ ...OUTCOME, descriptions: DESCRIPTIONS })).data;

  expect(descriptions[0]).toMatchObject(describeCategory("SQL Injection"));
  expect(descriptions[2]).toMatchObject({ slug: "high-one", how_to_fix: "", baseScore: null, impact: null });
});

test("what nobody rated is read as unknown, and what is unset as absent", () => {
  const { findings, descriptions, warnings } = parseFindings(jsonOf());

  expect(findings.map(({ severity }) => severity).sort()).toEqual(["critical", "unknown", "unknown"]);
  expect(descriptions[3]?.cvss).toEqual({ baseScore: 9.8 });
  expect(descriptions[2]).not.toHaveProperty("howToFix");
  expect(warnings).toEqual([]);
});

test("SARIF that is made of it is valid by its schema, with the same counts", () => {
  const report = parseFindings(jsonOf());
  const log = toSarif(report);

  expect(schemaErrors(log)).toEqual([]);
  expect(countsIn(log)).toEqual(report.findingCounts);
});

/** The fields that a reader of these reports which others wrote takes without asking whether they are there. */
const READ_JSON = `
import json, sys
data = json.load(sys.stdin)["data"]
described = {one["slug"]: one for one in data["descriptions"]}
for found in [one for scanner in data["findings"].values() for one in scanner]:
    about = described[found["finding_description_slug"]]
    "CVSS Impact Score: {}".format(about["impact"])
    [about["title"], about["how_to_fix"], about["reference_resolution"], found["information"], about["baseScore"] < 4]
    print(found["finding_description_slug"])`;

test("a program that counts on the fields of a published description finds them", () => {
  const descriptions = [
    { slug: "high-one", title: "High", baseScore: 7.5 },
    { slug: "no-such", title: "Such", baseScore: 5 },
    { ...describeCategory("SQL Injection"), slug: "critical-one" },
  ];
  const read = execFileSync("python3", ["-c", READ_JSON], { input: jsonOf(descriptions), encoding: "utf8" });

  expect(read.trim().split("\n").sort()).toEqual(["critical-one", "high-one", "no-such"]);
});
