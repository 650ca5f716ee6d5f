import type { Cve, Finding } from "../../../../findings/finding";
import { SEVERITIES, type Severity } from "../../../../findings/severity";
import { gateFindingsOf } from "../../../../gate/rules/gate-finding";
import { resolveGateSettings, type FailOn, type GateSettings } from "../../../../gate/rules/settings";
import { excessesOf, reachesThreshold } from "../../../../gate/rules/findings-question";
import { BY_PROJECT, finding, findingsOf } from "./sample-evidence";

/** What is too much, in words. */
const excesses = (given: GateSettings, findings: readonly Finding[]): string[] =>
  excessesOf(resolveGateSettings(given, BY_PROJECT).settings, gateFindingsOf(findings)).map(({ what }) => what);

/** Which severities reach a threshold. */
const REACHING: Readonly<Record<FailOn, readonly Severity[]>> = {
  critical: ["critical", "unknown"],
  high: ["critical", "high", "unknown"],
  medium: ["critical", "high", "medium", "unknown"],
  low: ["critical", "high", "medium", "low", "unknown"],
  info: ["critical", "high", "medium", "low", "info", "unknown"],
  none: [],
};

const PAIRS = (Object.keys(REACHING) as FailOn[]).flatMap((failOn) =>
  SEVERITIES.map((severity) => [severity, failOn, REACHING[failOn].includes(severity)] as const),
);

test.each(PAIRS)("%s at failOn %s: reaches it is %s", (severity, failOn, reaches) => {
  expect(reachesThreshold(severity, failOn)).toBe(reaches);
});

test.each(PAIRS)("one finding of %s at failOn %s: too much is %s", (severity, failOn, reaches) => {
  expect(excesses({ failOn }, [finding(severity)])).toEqual(reaches ? [`1 ${severity} (failOn: ${failOn})`] : []);
});

test("each severity that reaches the threshold is told, the worst first", () => {
  const findings = [finding("unknown"), finding("low"), ...findingsOf("high", 2), finding("critical")];

  expect(excesses({}, findings)).toEqual([
    "1 critical (failOn: high)",
    "2 high (failOn: high)",
    "1 unknown (failOn: high)",
  ]);
});

test("an excess has the findings of its severity and no other", () => {
  const [low, high] = [finding("low"), finding("high")];

  const all = excessesOf(resolveGateSettings({}, BY_PROJECT).settings, gateFindingsOf([low, high]));

  expect(all).toEqual([{ what: "1 high (failOn: high)", findings: gateFindingsOf([high]) }]);
});

describe("maxFindings", () => {
  test.each<[Severity, number, number, boolean]>([
    ["high", 2, 1, false],
    ["high", 2, 2, false],
    ["high", 2, 3, true],
    ["high", 0, 0, false],
    ["high", 0, 1, true],
    ["low", 0, 0, false],
    ["low", 0, 1, true],
    ["low", 3, 3, false],
    ["low", 3, 4, true],
    ["critical", 1, 1, false],
    ["critical", 1, 2, true],
    ["info", 0, 1, true],
    ["unknown", 0, 1, true],
    ["unknown", 2, 2, false],
    ["unknown", 2, 3, true],
  ])("of %s with the entry %i: %i findings are too many is %s", (severity, limit, count, isTooMuch) => {
    const expected = isTooMuch ? [`${count} ${severity} (maxFindings: ${limit} ${severity})`] : [];

    expect(excesses({ maxFindings: { [severity]: limit } }, findingsOf(severity, count))).toEqual(expected);
  });

  test("an entry stands in for failOn of its severity alone", () => {
    const findings = [...findingsOf("high", 2), finding("critical")];

    expect(excesses({ maxFindings: { high: 2 } }, findings)).toEqual(["1 critical (failOn: high)"]);
  });

  test("an entry holds with failOn none, too", () => {
    expect(excesses({ failOn: "none", maxFindings: { info: 1 } }, findingsOf("info", 2))).toEqual([
      "2 info (maxFindings: 1 info)",
    ]);
  });

  test("an entry without a number leaves failOn in place", () => {
    const maxFindings = { high: undefined } as object;

    expect(excesses({ maxFindings }, [finding("high")])).toEqual(["1 high (failOn: high)"]);
  });

  test("an entry for another severity changes nothing", () => {
    expect(excesses({ maxFindings: { high: 9 } }, [finding("unknown")])).toEqual(["1 unknown (failOn: high)"]);
  });
});

describe("minCvss", () => {
  const rated = (baseScore: number, cves: readonly Cve[] = []): Finding =>
    finding("low", { cvss: { baseScore }, cves });
  const cve = (cvssScore?: number): Cve => ({
    id: "CVE-2000-0001",
    additional: {},
    ...(cvssScore !== undefined && { cvssScore }),
  });
  const unrated: Finding = Object.fromEntries(
    Object.entries(finding("low")).filter(([name]) => name !== "cvss"),
  ) as unknown as Finding;

  test.each<[string, Finding, boolean]>([
    ["a score below", rated(6.9), false],
    ["the score itself", rated(7), true],
    ["a score above", rated(7.1), true],
    ["a finding without a score", unrated, true],
    ["a finding of unknown severity", finding("unknown"), true],
    ["a finding of unknown severity that has a score", finding("unknown", { cvss: { baseScore: 1 } }), true],
    ["a CVE below", rated(1, [cve(6.9)]), false],
    ["a CVE of the score itself", rated(1, [cve(7)]), true],
    ["one CVE of several", rated(1, [cve(0), cve(9.9), cve(0)]), true],
    ["a CVE without a score", rated(1, [cve()]), true],
    ["a CVE with a score below 0", rated(1, [cve(-0.1)]), true],
    ["a CVE with a score above 10", rated(1, [cve(10.1)]), true],
    ["a CVE with a score that is no number", rated(1, [cve(NaN)]), true],
    ["a CVE with the score 0", rated(1, [cve(0)]), false],
    ["a CVE of 10", rated(1, [cve(10)]), true],
  ])("of 7: %s reaches it is %s (%#)", (_what, given, reaches) => {
    const expected = reaches ? ["1 with a score of 7 or more (minCvss)"] : [];

    expect(excesses({ failOn: "none", minCvss: 7 }, [given])).toEqual(expected);
  });

  test.each([
    [0, ["1 with a score of 0 or more (minCvss)"]],
    [10, []],
  ])("of %d counts a finding of the score 0 as %j", (minCvss, expected) => {
    expect(excesses({ failOn: "none", minCvss }, [finding("info")])).toEqual(expected);
  });

  test("left out, no score is too high", () => {
    expect(excesses({ failOn: "none" }, [rated(10, [cve(10), cve()]), unrated])).toEqual([]);
  });

  test("is told beside what the severities say, with its own findings", () => {
    const [high, low] = [finding("high"), rated(1, [cve(9)])];

    const all = excessesOf(resolveGateSettings({ minCvss: 8.8 }, BY_PROJECT).settings, gateFindingsOf([low, high]));

    expect(all).toEqual([
      { what: "1 high (failOn: high)", findings: gateFindingsOf([high]) },
      { what: "2 with a score of 8.8 or more (minCvss)", findings: gateFindingsOf([low, high]) },
    ]);
  });
});
