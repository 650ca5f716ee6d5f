import type { Finding } from "../../../../findings/finding";
import { fingerprintOf } from "../../../../findings/fingerprint";
import { decideVerdict } from "../../../../gate/rules/decide-verdict";
import type { GateSettings } from "../../../../gate/rules/settings";
import { evidence, finding, findingsOf, found, gatedScan } from "./sample-evidence";

const [old, other] = findingsOf("high", 2) as [Finding, Finding];
const FILE = { file: "accepted-scan.json" };

test.each<[string, GateSettings, Finding[], string[] | undefined, boolean, string]>([
  ["old ones only", { baseline: FILE }, [old], [fingerprintOf(old)], true, "1 old left out (baseline: file)"],
  [
    "a new one",
    { baseline: FILE },
    [old, other],
    [fingerprintOf(old)],
    false,
    "too many new findings: 1 high (failOn: high)",
  ],
  ["an empty baseline", { baseline: FILE }, [old], [], false, "1 high (failOn: high)"],
  [
    "none yet, lastPassed",
    { baseline: "lastPassed" },
    [old],
    undefined,
    false,
    "too many findings: 1 high (failOn: high); no baseline yet",
  ],
  [
    "none yet, lastPassed, nothing too bad",
    { baseline: "lastPassed" },
    findingsOf("low", 1),
    undefined,
    true,
    "no baseline yet",
  ],
  ["none yet, firstScan", { baseline: "firstScan" }, [old], undefined, true, "1 recorded as the baseline"],
  [
    "a new one under maxFindings",
    { baseline: FILE, maxFindings: { high: 1 } },
    [old, other],
    [fingerprintOf(old)],
    true,
    "1 old",
  ],
  [
    "an old one above minCvss",
    { baseline: FILE, failOn: "none", minCvss: 7 },
    [old],
    [fingerprintOf(old)],
    true,
    "1 old",
  ],
  [
    "a new one above minCvss",
    { baseline: FILE, failOn: "none", minCvss: 7 },
    [other],
    [fingerprintOf(old)],
    false,
    "minCvss",
  ],
  ["a new one of unknown severity", { baseline: FILE }, [finding("unknown")], [], false, "1 unknown (failOn: high)"],
  ["a baseline that no setting asks for", {}, [old], [fingerprintOf(old)], false, "too many findings: 1 high"],
])("%s", (_what, settings, findings, baseline, passed, message) => {
  const verdict = decideVerdict(settings, found(findings, { baseline }));

  expect(verdict).toMatchObject({ passed, reason: passed ? "passed" : "findings" });
  expect(verdict.message).toContain(message);
  expect(Object.values(verdict.findingCounts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(findings.length);
});

test("a baseline that is a file closes the gate where it was not read", () => {
  expect(decideVerdict({ baseline: FILE }, evidence())).toMatchObject({ passed: false, reason: "invalidSettings" });
});

test.each(["lastPassed", "firstScan"] as const)("a scan that did not end well is no %s", (baseline) => {
  const scan = gatedScan({ end: { kind: "status", state: "failed", statusCode: 104 } });

  expect(decideVerdict({ baseline }, evidence({ scan }))).toMatchObject({ passed: false, reason: "scanFailed" });
});

test.each(["lastPassed", "firstScan"] as const)("a scan with a scanner that broke is no %s", (baseline) => {
  const scannerErrors = [{ scanner: "ssl", message: "out of memory" }];

  expect(decideVerdict({ baseline }, evidence({ scannerErrors }))).toMatchObject({
    passed: false,
    reason: "scannerFailed",
  });
});

test.each<[unknown]>([
  ["lastpassed"],
  [""],
  [true],
  [7],
  [null],
  [{}],
  [{ file: "" }],
  [{ file: 7 }],
  [{ file: "a", path: "b" }],
  [["a"]],
])("%j is no baseline, and closes the gate", (baseline) => {
  const settings = { baseline, advisory: true } as unknown as GateSettings;

  expect(decideVerdict(settings, evidence({ baseline: [] })).reason).toBe("invalidSettings");
});
