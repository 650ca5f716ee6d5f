import type { Finding } from "../../../../findings/finding";
import { fingerprintOf } from "../../../../findings/fingerprint";
import { parseBaselineFile } from "../../../../gate/rules/baseline-file";
import { answerByRecord, parseBaselineRecord } from "../../../../gate/rules/baseline-record";
import { examine, judge } from "../../../../gate/rules/decide-verdict";
import { questionText } from "../../../../gate/rules/findings-question";
import { findingsOf, found } from "./sample-evidence";

const digits = (index: number): string => index.toString(16).padStart(8, "0").padEnd(64, "0");
const fingerprints = (count: number): string[] => Array.from({ length: count }, (_, at) => digits(at));
const [low, other] = findingsOf("low", 2) as [Finding, Finding];

test.each(["lastPassed", "firstScan"] as const)(
  "a state with 50,000 fingerprints, as an earlier release may have written it, is compared with: %s",
  (baseline) => {
    const inState = [...fingerprints(49_999), fingerprintOf(low)].map((fingerprint) => fingerprint.slice(0, 32)).sort();
    const record = parseBaselineRecord({ scan: "7/1", question: "", comparedWith: null, next: inState.join(" ") });
    const examined = examine({ baseline, failOn: "low" }, found([low, other]));
    if ("verdict" in examined) throw new Error(examined.verdict.message);

    const { verdict } = answerByRecord(
      questionText(examined.question, (text) => text),
      record,
    );

    expect(verdict.message).toContain("has too many new findings: 1 low (failOn: low); 1 old left out");
    expect(verdict.message).toContain("49999 of the baseline no longer found");
  },
);

test("a file with 125,000 fingerprints is compared with", () => {
  const baseline = parseBaselineFile(JSON.stringify([...fingerprints(124_999), fingerprintOf(low)]));

  const { verdict } = judge({ baseline: { file: "old.json" }, failOn: "low" }, found([low], { baseline }));

  expect(verdict).toMatchObject({ passed: true });
  expect(verdict.message).toContain("1 old left out");
});

test("a report with more findings than are read of a scan is a baseline all the same", () => {
  const items = Array.from({ length: 16_000 }, (_, at) => ({ information: `It is the ${at}th.` }));

  expect(parseBaselineFile(JSON.stringify({ findings: { xss: items } }))).toHaveLength(16_000);
});
