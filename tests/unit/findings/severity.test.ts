import { compareSeverity, countFindings, SEVERITIES, severityOf, type Severity } from "../../../findings/severity";
import { highestScoreOf } from "../../../findings/severity";

describe("severityOf", () => {
  test.each<[number | undefined, Severity]>([
    [0, "info"],
    [-0, "info"],
    [0.1, "low"],
    [3.9, "low"],
    [4, "medium"],
    [6.9, "medium"],
    [7, "high"],
    [8.9, "high"],
    [9, "critical"],
    [10, "critical"],
  ])("rates %p as %s, as CVSS v3 does", (baseScore, severity) => {
    expect(severityOf(baseScore)).toBe(severity);
  });

  test.each<[number, Severity]>([
    [0.05, "low"],
    [3.95, "medium"],
    [6.95, "high"],
    [8.95, "critical"],
  ])("rates %p, between two bands, by the worse one", (baseScore, severity) => {
    expect(severityOf(baseScore)).toBe(severity);
  });

  test.each([[undefined], [NaN], [-0.1], [10.1], [Infinity], [-Infinity]])("does not rate %p", (baseScore) => {
    expect(severityOf(baseScore)).toBe("unknown");
  });
});

test("severities are listed with the worst first and the unrated last", () => {
  expect(SEVERITIES).toEqual(["critical", "high", "medium", "low", "info", "unknown"]);
});

test("compareSeverity sorts the worst first and the unrated last", () => {
  const sorted = (["info", "unknown", "critical", "low", "medium", "high"] as Severity[]).sort(compareSeverity);

  expect(sorted).toEqual(SEVERITIES);
  expect(compareSeverity("low", "low")).toBe(0);
});

test("countFindings names every severity, also those without a finding", () => {
  const counts = countFindings([{ severity: "low" }, { severity: "unknown" }, { severity: "low" }]);

  expect(counts).toEqual({ critical: 0, high: 0, medium: 0, low: 2, info: 0, unknown: 1 });
});

test.each(SEVERITIES)("no score of the severity %s is above its highest", (severity) => {
  const scores = Array.from({ length: 101 }, (_, tenths) => tenths / 10);
  const own = scores.filter((score) => severity === "unknown" || severityOf(score) === severity);

  expect(highestScoreOf(severity)).toBe(Math.max(...own));
});
