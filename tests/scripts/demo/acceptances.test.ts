import { parse } from "yaml";
import { fingerprintOf, type Finding, type Severity } from "pulumi-crashtest/findings";
import { acceptancesOf } from "../../../scripts/demo/acceptances";
import { groupAlike } from "../../../scripts/demo/findings";

const finding = (severity: Severity, path: string): Finding => ({
  scanner: "xss",
  slug: "xss",
  severity,
  information: `payload ${Math.random()}`,
  where: { method: "GET", path, parameter: "q" },
  references: {},
  cves: [],
  additional: {},
});
const NOW = new Date("2030-12-28T23:00:00Z");

test("what closes the gate is accepted for a week, one entry for each place", () => {
  const findings = [
    finding("critical", "/a"),
    finding("critical", "/a"),
    finding("medium", "/b"),
    finding("low", "/c"),
  ];

  expect(parse(acceptancesOf(findings, NOW))).toEqual(
    ["/a", "/b"].map((path) => ({
      finding: fingerprintOf(finding("high", path)),
      reason: "Known, and fixed in the next version.",
      expires: "2031-01-04",
    })),
  );
});

test("findings at one place are shown together, in the order in which they came", () => {
  const findings = [finding("high", "/b"), finding("high", "/a"), finding("high", "/b")];

  expect(groupAlike(findings).map((alike) => alike.map(({ where }) => where.path))).toEqual([["/b", "/b"], ["/a"]]);
});
