import type { Finding } from "../../../../findings/finding";
import { fingerprintOf } from "../../../../findings/fingerprint";
import type { Severity } from "../../../../findings/severity";
import type { AcceptedFinding } from "../../../../gate/rules/accepted-finding";
import { answerByRecord } from "../../../../gate/rules/baseline-record";
import { examine, judge } from "../../../../gate/rules/decide-verdict";
import { questionText } from "../../../../gate/rules/findings-question";
import { gateFindingsOf } from "../../../../gate/rules/gate-finding";
import type { GateSettings } from "../../../../gate/rules/settings";
import { BY_WEBHOOK, found, gatedScan, junitFinding } from "./sample-evidence";

const DIGEST = "webhook-0123456789abcdef";

const byWebhook = (fields: Parameters<typeof gatedScan>[0] = {}) =>
  gatedScan({
    ...{ abilities: BY_WEBHOOK, startedBy: "unknown", projectId: undefined, webhookDigest: DIGEST, urn: undefined },
    ...fields,
  });

const judged = (settings: GateSettings, findings: readonly Finding[], scan = byWebhook()) =>
  judge({ acceptJoined: true, ...settings }, found(findings, { scan }));

/** What the program hands to the gate's child. */
function ask(settings: GateSettings, findings: readonly Finding[], scan = byWebhook()): string {
  const examined = examine({ acceptJoined: true, ...settings }, found(findings, { scan }));
  if ("verdict" in examined) throw new Error(examined.verdict.message);
  return questionText(examined.question, (text) => text);
}

const accepting = (subject: { finding: string } | { slug: string }): AcceptedFinding => ({
  ...subject,
  reason: "It leads nowhere.",
  expires: "2026-12-31",
});

const [door, window] = [junitFinding("high", "The door stood open."), junitFinding("high", "The window stood open.")];
const nameless = junitFinding("high", "");

test.each<[Severity, number | undefined, number]>([
  ["critical", undefined, 10],
  ["high", undefined, 8.9],
  ["medium", undefined, 6.9],
  ["low", undefined, 3.9],
  ["info", undefined, 0],
  ["unknown", undefined, 10],
  // The highest score of the scan lies in the range of the severity.
  ["critical", 9.1, 9.1],
  ["high", 7, 7],
  ["high", 8.9, 8.9],
  ["medium", 6.1, 6.1],
  ["low", 0.1, 0.1],
  ["info", 0, 0],
  ["unknown", 5, 5],
  ["unknown", 0.1, 0.1],
  // It lies above, and says nothing new.
  ["high", 9.8, 8.9],
  ["info", 9.8, 0],
  // It lies below, and contradicts the finding.
  ["critical", 8.9, 10],
  ["high", 6.9, 8.9],
  ["low", 0, 3.9],
  ["unknown", 0, 10],
  // It is no score.
  ["high", NaN, 8.9],
  ["unknown", NaN, 10],
  ["unknown", 11, 10],
  ["critical", -1, 10],
])("a finding of severity %s counts, in a scan whose highest score is %p, with %p", (severity, maxCvss, expected) => {
  const [{ worstScore } = { worstScore: -1 }] = gateFindingsOf([junitFinding(severity, "Open.")], maxCvss);

  expect(worstScore).toBe(expected);
});

test("a CVE of an XML report, which has no score, is rated by its severity as well", () => {
  const cves = [{ id: "CVE-2015-4603", additional: {} }];

  expect(gateFindingsOf([{ ...junitFinding("low", "Overflow."), cves }])).toMatchObject([{ worstScore: 3.9 }]);
});

test.each([
  [8.9, undefined, false],
  [9, undefined, true],
  [8, 7.5, true],
])("minCvss %p, where the service says %p, lets a finding of severity high pass: %p", (minCvss, maxCvss, passed) => {
  const scan = byWebhook({ end: { kind: "status", state: "finished", maxCvss } });

  expect(judged({ failOn: "none", minCvss }, [door], scan).verdict).toMatchObject({ passed });
});

test.each([
  [9.8, false, "reportUnreadable"],
  [0, true, "passed"],
  [undefined, true, "passed"],
])("a report without findings of a scan whose highest score is %p opens the gate: %p", (maxCvss, passed, reason) => {
  const scan = byWebhook({ end: { kind: "status", state: "finished", maxCvss } });

  expect(judged({}, [], scan).verdict).toMatchObject({ passed, reason });
});

test("a closed gate names a fingerprint, and accepting it opens the gate", () => {
  const { verdict } = judged({}, [door]);
  const [, finding = ""] = /finding: ([0-9a-f]{64})/.exec(verdict.message) ?? [];
  const accepted = judged({ accept: [accepting({ finding })] }, [door]);

  expect(verdict).toMatchObject({ passed: false, reason: "findings" });
  expect(verdict.message).toContain("npx pulumi-crashtest accept FINGERPRINT");
  expect(accepted).toMatchObject({ verdict: { passed: true, findingCounts: { high: 1 } }, warnings: [] });
});

test("an entry by slug cannot match, and the warning says why", () => {
  const { verdict, warnings } = judged({ accept: [accepting({ slug: "open-door" })] }, [door]);

  expect(verdict.passed).toBe(false);
  expect(warnings).toEqual([
    'the acceptance of "open-door" ("It leads nowhere.") cannot match: the XML (JUnit) report has no slugs. Accept the finding by its fingerprint',
  ]);
});

test("a finding without a message cannot be accepted: neither the message nor a warning says otherwise", () => {
  const finding = fingerprintOf(nameless);
  const { verdict, warnings } = judged({ accept: [accepting({ finding })] }, [nameless]);

  expect(verdict).toMatchObject({ passed: false, reason: "findings" });
  expect(verdict.message).toContain("    cannot be accepted: it has no message by which to recognise it");
  expect(verdict.message).not.toContain(`finding: ${finding}`);
  expect(verdict.message).not.toContain("npx pulumi-crashtest accept");
  expect(warnings).toEqual([
    `the acceptance of finding ${finding} ("It leads nowhere.") cannot match: the finding has no message by which to recognise it`,
  ]);
});

test("beside one that can be accepted the command is named", () => {
  expect(judged({}, [nameless, door]).verdict.message).toContain("npx pulumi-crashtest accept FINGERPRINT");
});

describe("baseline", () => {
  test.each(["lastPassed", "firstScan"] as const)("%s lets old findings pass, and no new ones", (baseline) => {
    const first = answerByRecord(ask({ baseline, maxFindings: { high: 1 } }, [door]), undefined);
    const scan = byWebhook({ scanId: "32" });
    const same = answerByRecord(ask({ baseline }, [door], scan), first.record);
    const more = answerByRecord(ask({ baseline }, [door, window], scan), first.record);

    expect([first, same, more].map(({ verdict }) => verdict.passed)).toEqual([true, true, false]);
    expect(more.verdict.message).toContain("too many new findings: 1 high (failOn: high); 1 old left out");
  });

  test("a file may name findings of an XML report", () => {
    const evidence = { scan: byWebhook(), baseline: [fingerprintOf(door), fingerprintOf(nameless)] };
    const settings = { acceptJoined: true, baseline: { file: "old.xml" } };

    expect(judge(settings, found([door], evidence)).verdict.passed).toBe(true);
    expect(judge(settings, found([door, nameless], evidence)).verdict.message).toContain(
      "has too many new findings: 1 high (failOn: high); 1 old left out (baseline: file); 1 without a message, so new each time",
    );
  });

  test.each(["lastPassed", "firstScan"] as const)("%s never holds a finding without a message", (baseline) => {
    const first = answerByRecord(ask({ baseline, maxFindings: { high: 2 } }, [door, nameless]), undefined);
    const later = answerByRecord(ask({ baseline }, [door, nameless], byWebhook({ scanId: "32" })), first.record);

    expect(first.record.next).toMatch(/^[0-9a-f]{32}$/);
    expect(later.verdict.message).toContain("too many new findings: 1 high (failOn: high); 1 old left out");
  });

  test("a first scan with one that is too severe closes the gate, and is not said to be recorded", () => {
    const { verdict } = answerByRecord(ask({ baseline: "firstScan" }, [door, nameless]), undefined);

    expect(verdict.passed).toBe(false);
    expect(verdict.message).toContain(
      "has too many findings: 1 high (failOn: high); 1 of the first scan left out (baseline: firstScan); 1 without a message, so new each time",
    );
  });

  test("a scan of the same number of another webhook is another scan", () => {
    const settings = { baseline: "lastPassed" } as const;
    const first = answerByRecord(ask({ ...settings, failOn: "none" }, [door]), undefined);
    const again = answerByRecord(ask(settings, [door]), first.record);
    const other = answerByRecord(ask(settings, [door], byWebhook({ webhookDigest: "webhook-f" })), first.record);

    expect(first.record.scan).toBe(`${DIGEST}/31`);
    expect(again.verdict.message).toContain("no baseline yet");
    expect(other.verdict.message).toContain("1 old left out");
  });

  test("a record that names no webhook is still read", () => {
    const { record } = answerByRecord(ask({ baseline: "firstScan" }, [door]), undefined);
    const earlier = { ...record, scan: "/30" };

    expect(answerByRecord(ask({ baseline: "firstScan" }, [door, window]), earlier).verdict.message).toContain(
      "too many new findings: 1 high (failOn: high); 1 old left out (baseline: firstScan)",
    );
  });
});
