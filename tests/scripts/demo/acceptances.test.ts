import { parse } from "yaml";
import type { Severity } from "pulumi-crashtest/findings";
import { acceptancesOf } from "../../../scripts/demo/acceptances";
import { groupAlike, type DemoFinding } from "../../../scripts/demo/findings";

const finding = (severity: Severity, place: string): DemoFinding => ({
  fingerprint: `fingerprint of ${place}`,
  severity,
  title: "Cross-site scripting",
  scanner: "xss",
  place,
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
    ["/a", "/b"].map((place) => ({
      finding: `fingerprint of ${place}`,
      reason: "Known, and fixed in the next version.",
      expires: "2031-01-04",
    })),
  );
});

test("findings at one place are shown together, in the order in which they came", () => {
  const findings = [finding("high", "/b"), finding("high", "/a"), finding("high", "/b")];

  expect(groupAlike(findings).map((alike) => alike.map(({ place }) => place))).toEqual([["/b", "/b"], ["/a"]]);
});
