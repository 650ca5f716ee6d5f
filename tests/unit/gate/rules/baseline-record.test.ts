import type { Finding } from "../../../../findings/finding";
import {
  answerByRecord,
  digestOf,
  parseBaselineRecord,
  type BaselineRecord,
} from "../../../../gate/rules/baseline-record";
import { examine } from "../../../../gate/rules/decide-verdict";
import { questionText } from "../../../../gate/rules/findings-question";
import type { GateSettings } from "../../../../gate/rules/settings";
import { findingsOf, found, gatedScan } from "./sample-evidence";

const [a, b, c] = findingsOf("high", 3) as [Finding, Finding, Finding];

/** What a program hands over about a scan. */
function ask(settings: GateSettings, findings: readonly Finding[], scan: { scanId?: string; projectId?: string } = {}) {
  const examined = examine(settings, found(findings, { scan: gatedScan({ scanId: "1", ...scan }) }));
  if ("verdict" in examined) throw new Error(examined.verdict.message);
  return questionText(examined.question, (text) => text);
}

/** Scans one after the other, as deployments do: a state stays as it was where the gate is closed. */
function deploy(settings: GateSettings, scans: readonly (readonly Finding[])[], advisory = false): string[] {
  let state: BaselineRecord | undefined;
  return scans.map((findings, at) => {
    const { verdict, record } = answerByRecord(ask(settings, findings, { scanId: String(at) }), state);
    const again = answerByRecord(
      ask(settings, findings, { scanId: String(at) }),
      verdict.passed || advisory ? record : state,
    );
    expect(again.verdict).toEqual(verdict);
    expect(again.record).toEqual(record);
    if (verdict.passed || advisory) state = record;
    return verdict.passed ? "open" : "closed";
  });
}

const NEVER = { failOn: "none" } as const;

test.each<[string, GateSettings, Finding[][], string[]]>([
  [
    "firstScan lets pass what the first one had",
    { baseline: "firstScan" },
    [[a, b], [a, b], [a, b, c], [a]],
    ["open", "open", "closed", "open"],
  ],
  ["firstScan stays the first one's", { baseline: "firstScan" }, [[a, b], [a], [a, b]], ["open", "open", "open"]],
  ["firstScan of nothing is one", { baseline: "firstScan" }, [[], [a]], ["open", "closed"]],
  [
    "lastPassed counts all until one has passed",
    { baseline: "lastPassed" },
    [[a], [], [a]],
    ["closed", "open", "closed"],
  ],
  [
    "lastPassed takes what was let pass",
    { baseline: "lastPassed", maxFindings: { high: 1 } },
    [[a], [a, b], [a, b, c], [b, c]],
    ["open", "open", "open", "open"],
  ],
  [
    "lastPassed forgets what was fixed",
    { baseline: "lastPassed", maxFindings: { high: 1 } },
    [[a], [], [b, a], [b]],
    ["open", "open", "closed", "open"],
  ],
])("%s", (_what, settings, scans, expected) => {
  expect(deploy(settings, scans)).toEqual(expected);
});

test("a scan that an advisory gate would hold back is no lastPassed", () => {
  expect(deploy({ baseline: "lastPassed" }, [[], [a], [a]], true)).toEqual(["open", "closed", "closed"]);
});

test("other settings are decided by the baseline that the scan was compared with, not by the scan itself", () => {
  const lax = answerByRecord(ask({ ...NEVER, baseline: "lastPassed" }, [a]), undefined);

  const strict = answerByRecord(ask({ baseline: "lastPassed" }, [a]), lax.record);
  const next = answerByRecord(ask({ baseline: "lastPassed" }, [a], { scanId: "2" }), lax.record);

  expect(lax.verdict.passed).toBe(true);
  expect(strict.verdict.passed).toBe(false);
  expect(next.verdict.passed).toBe(true);
});

test("an accepted finding counts again when its acceptance ends: it is in no baseline", () => {
  const accept = [{ slug: a.slug, reason: "known", expires: "2026-12-31" }];
  const passed = answerByRecord(ask({ baseline: "lastPassed", accept }, [a]), undefined);

  const later = answerByRecord(ask({ baseline: "lastPassed" }, [a], { scanId: "2" }), passed.record);

  expect(passed.record.next).toBe("");
  expect(later.verdict.passed).toBe(false);
});

test("a scan of the same number in another project is another scan", () => {
  const first = answerByRecord(ask({ baseline: "firstScan" }, [a]), undefined);

  const { verdict } = answerByRecord(ask({ baseline: "firstScan" }, [a, b], { projectId: "8" }), first.record);

  expect(verdict.message).toContain("1 old left out");
});

test("a record names the question that it answers", () => {
  const question = ask({ baseline: "firstScan" }, [a]);

  const { record } = answerByRecord(question, undefined);

  expect(record.question).toBe(digestOf(question));
  expect(record.question).not.toBe(digestOf(ask({ baseline: "firstScan", failOn: "low" }, [a])));
  expect(record.question).not.toBe(digestOf(ask({ baseline: "firstScan" }, [a], { scanId: "2" })));
});

test("a state has fingerprints, each once, and no text of a finding", () => {
  const { record } = answerByRecord(ask({ baseline: "firstScan" }, [a, a, b]), undefined);

  expect(record.next).toMatch(/^[0-9a-f]{32} [0-9a-f]{32}$/);
  expect(JSON.stringify(record)).not.toContain("door");
});

test.each<[string, unknown]>([
  ["absent", undefined],
  ["a text", "firstScan"],
  ["without a scan", { question: "", comparedWith: null, next: null }],
  ["without fingerprints", { scan: "7/1", question: "" }],
  ["with numbers", { scan: "7/1", question: "", comparedWith: null, next: 7 }],
  [
    "with something else among its fingerprints",
    { scan: "7/1", question: "", comparedWith: `${"0".repeat(32)} x`, next: "" },
  ],
])("a record that is %s is none", (_what, value) => {
  expect(parseBaselineRecord(value)).toBeUndefined();
});

test("a record is read as it was written", () => {
  const record = { scan: "7/1", question: "q", comparedWith: "", next: `${"0".repeat(32)} ${"f".repeat(32)}` };

  expect(parseBaselineRecord({ ...record, later: true })).toEqual(record);
});

test.each(["", "{}", "[]", "null", "{"])("%j is no question, and no answer", (text) => {
  expect(() => answerByRecord(text, undefined)).toThrow();
});
