import type { GateSettings } from "pulumi-crashtest/findings";
import { judge } from "../../../../gate/rules/decide-verdict";
import { wireCve, wireDescription, wireFinding, wireReport, type Wire } from "../../../fixtures/report";
import { evidence } from "../rules/sample-evidence";
import { collect, FakeReports } from "./fake-reports";

const judgementOf = async (settings: GateSettings, finding: Wire, description: Wire = {}) => {
  const report = wireReport(
    { xss: [wireFinding(finding)] },
    { descriptions: [wireDescription({ baseScore: 2, ...description })] },
  );
  return judge(settings, { ...evidence(), ...(await collect("project", new FakeReports([JSON.stringify(report)]))) });
};

const ODD_CVE = { cve_findings: [wireCve({ cve_id: 1, cvss: "4.0" })] };

test("fields that decide nothing close no gate, and its warnings name them", async () => {
  const odd = { created_at: 1, ...ODD_CVE };
  const { verdict, warnings } = await judgementOf({ failOn: "high" }, odd, { impact: "high", how_to_fix: [] });

  expect(verdict).toMatchObject({ passed: true, findingCounts: { low: 1 } });
  expect(warnings.map((warning) => /\.(\w+) is /.exec(warning)?.[1])).toEqual([
    "how_to_fix",
    "impact",
    "created_at",
    "cve_id",
    "cvss",
  ]);
});

test.each<[string, GateSettings, Wire, Wire]>([
  ["a score that cannot be read", { failOn: "critical" }, {}, { baseScore: "high" }],
  ["no score", { failOn: "critical" }, {}, { baseScore: "" }],
  ["a score in a text", { failOn: "high" }, {}, { baseScore: "7.5" }],
  ["a CVE's score that cannot be read, where scores decide", { failOn: "high", minCvss: 9.9 }, ODD_CVE, {}],
])("%s closes the gate by its findings", async (_what, settings, finding, description) => {
  expect((await judgementOf(settings, finding, description)).verdict).toMatchObject({
    passed: false,
    reason: "findings",
  });
});

test.each<[string, Wire]>([
  ["a finding's slug", { finding_description_slug: 1 }],
  ["its sentence", { information: [] }],
  ["its CVEs", { cve_findings: "CVE-2000-0001" }],
])("%s of another type closes the gate as unreadable", async (_what, finding) => {
  expect((await judgementOf({ failOn: "none" }, finding)).verdict).toMatchObject({
    passed: false,
    reason: "reportUnreadable",
  });
});
