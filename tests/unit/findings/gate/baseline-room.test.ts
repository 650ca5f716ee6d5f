import { judge } from "../../../../findings/gate/decide-verdict";
import type { HeldEvidence } from "../../../../findings/gate/evidence";
import { FindingHolder } from "../../../../findings/gate/held-finding";
import type { GateSettings } from "../../../../findings/gate/settings";
import { holdsBack, type Verdict } from "../../../../findings/gate/verdict";
import { evidence, findingsOf, gatedScan } from "./sample-evidence";

const ROOM = 50_000;
const IN_STATE = ["lastPassed", "firstScan"] as const;

/** Recognised once, which takes longer than a verdict. */
const lowFindings = findingsOf("low", ROOM + 1).map(new FindingHolder().hold);

const held = (count: number, fields: Partial<HeldEvidence> = {}): HeldEvidence => ({
  ...evidence(),
  findings: { findings: lowFindings.slice(0, count), scanners: { ran: ["xss"] } },
  ...fields,
});

const verdictOf = (settings: GateSettings, given: HeldEvidence): Verdict => judge(settings, given).verdict;

test.each(IN_STATE)("a baseline in the state has room for 50,000 findings: %s", (baseline) => {
  for (const compared of [undefined, []]) {
    const verdict = verdictOf({ baseline }, held(ROOM, { baseline: compared }));

    expect(verdict).toMatchObject({ passed: true, reason: "passed" });
  }
});

test.each(IN_STATE)("one more closes the gate, whatever is known by then: %s", (baseline) => {
  const known = lowFindings.map(({ fingerprint }) => fingerprint);

  for (const compared of [undefined, [], known]) {
    const verdict = verdictOf({ baseline, failOn: "none" }, held(ROOM + 1, { baseline: compared }));

    expect(verdict).toMatchObject({ passed: false, reason: "reportTooLarge", findingCounts: { low: ROOM + 1 } });
  }
});

test("accepted findings take room as well", () => {
  const accept = [{ slug: "open-door", reason: "It leads nowhere.", expires: "2026-12-31" }];

  expect(verdictOf({ baseline: "firstScan", accept }, held(ROOM + 1)).reason).toBe("reportTooLarge");
  expect(verdictOf({ baseline: "firstScan", accept }, held(ROOM)).reason).toBe("passed");
});

test.each<[string, GateSettings]>([
  ["a file", { baseline: { file: "accepted-scan.json" } }],
  ["none", {}],
])("another baseline needs no room: %s", (_what, settings) => {
  expect(verdictOf(settings, held(ROOM + 1, { baseline: [] }))).toMatchObject({ passed: true, reason: "passed" });
});

test("an advisory gate reports it, and holds nothing back", () => {
  const verdict = verdictOf({ baseline: "lastPassed", advisory: true }, held(ROOM + 1));

  expect(verdict).toMatchObject({ passed: false, reason: "reportTooLarge" });
  expect([holdsBack(verdict, true), holdsBack(verdict, false)]).toEqual([false, true]);
});

test.each<[string, Partial<HeldEvidence>, GateSettings, string]>([
  [
    "before a scanner that broke",
    { scannerErrors: [{ scanner: "ssl", message: "no handshake" }] },
    {},
    "reportTooLarge",
  ],
  ["before a scanner that is required", {}, { requiredScanners: ["fuzzer"] }, "reportTooLarge"],
  ["before findings that are too many", {}, { failOn: "low" }, "reportTooLarge"],
  [
    "after a report that is missing",
    { reportProblems: [{ reason: "reportMissing", problem: "404" }] },
    {},
    "reportMissing",
  ],
  ["after a scan that was joined", { scan: gatedScan({ startedBy: "other" }) }, {}, "scanJoined"],
  ["after settings that cannot be used", {}, { minCvss: 11 }, "invalidSettings"],
])("it is told %s", (_what, fields, settings, reason) => {
  expect(verdictOf({ baseline: "lastPassed", ...settings }, held(ROOM + 1, fields)).reason).toBe(reason);
});

test("it is said how many findings there are, how many there may be, and what helps", () => {
  const { message } = verdictOf({ baseline: "lastPassed" }, held(ROOM + 1));

  const lines = message.split("\n");
  expect(lines.slice(0, 2)).toEqual([
    "gate closed (reportTooLarge): scan 31 has 50001 findings, and a baseline in the state has room for 50000.",
    "  found: 0 critical, 0 high, 0 medium, 50001 low, 0 info, 0 unknown",
  ]);
  expect(lines).toContain("  ... and 49996 more, which the report names");
  expect(lines.slice(lines.indexOf("What to do:") + 1)).toEqual([
    expect.stringContaining("- see the report: "),
    expect.stringMatching(/^- compare with a file.* which has room for more: baseline: \{ file: "..." \}$/),
    expect.stringContaining("- scan again: "),
  ]);
});
