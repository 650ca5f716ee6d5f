import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import { type GateEvidence, REPORT_REASONS, type VerdictReason, holdsBack } from "../../../../gate/rules/verdict";
import { decideVerdict, judge, settingsProblems } from "../../../../gate/rules/decide-verdict";
import type { GateSettings } from "../../../../gate/rules/settings";
import type { ScanCoverage } from "../../../../service/scan-status";
import { evidence, finding, found, gatedScan } from "./sample-evidence";

const reasonOf = (settings: GateSettings, given: GateEvidence): VerdictReason => decideVerdict(settings, given).reason;

test("a finished scan with reports and without findings passes", () => {
  expect(decideVerdict({}, evidence())).toEqual({
    passed: true,
    reason: "passed",
    message: "gate open: scan 31 found 0 critical, 0 high, 0 medium, 0 low, 0 info, 0 unknown (failOn: high).",
    scanId: "31",
    findingCounts: { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 },
    missingScanners: [],
  });
});

/** What is wrong, one by one; what a scan's end is made of excludes each other. */
const PROBLEMS = {
  invalidSettings: { settings: { slack: 1 } },
  scanTimedOut: { scan: { end: { kind: "timedOut", isStopped: false } } },
  scanUnreachable: { scan: { end: { kind: "unreachable", problem: "no route" } } },
  scanStatusUnknown: { scan: { end: { kind: "gone" } } },
  scanStopped: { scan: { end: { kind: "status", state: "stopped", statusCode: 4 } } },
  scanFailed: { scan: { end: { kind: "status", state: "failed", statusCode: 5 } } },
  scanJoined: { scan: { startedBy: "other" } },
  reportMissing: { reportProblems: [{ reason: "reportMissing", problem: "404" }] },
  reportTooLarge: { reportProblems: [{ reason: "reportTooLarge", problem: "big" }] },
  reportUnreadable: { reportProblems: [{ reason: "reportUnreadable", problem: "html" }] },
  scannerFailed: { scannerErrors: [{ scanner: "ssl", message: "broke" }] },
  scannerMissing: { settings: { requiredScanners: ["fuzzer"] } },
  coverage: { settings: { minCoverage: { pages: 2 } } },
  findings: { findings: [finding("high")] },
  passed: {},
} as const satisfies Record<VerdictReason, object>;

type Problem = Partial<Omit<GateEvidence, "scan" | "findings">> & {
  settings?: object;
  scan?: Partial<GateEvidence["scan"]>;
  findings?: NonNullable<GateEvidence["findings"]>["findings"];
};

const REASONS = Object.keys(PROBLEMS) as VerdictReason[];
const problems: Readonly<Record<VerdictReason, Problem>> = PROBLEMS;

/** The verdict where these are wrong, all at once; the first one's end of the scan holds. */
function reasonWith(...wrong: readonly VerdictReason[]): VerdictReason {
  const all = wrong.map((reason) => problems[reason]);
  const given = found(
    all.flatMap(({ findings = [] }) => findings),
    {
      scan: gatedScan(Object.assign({}, ...all.map(({ scan }) => scan).reverse()) as object),
      scannerErrors: all.flatMap(({ scannerErrors = [] }) => scannerErrors),
      reportProblems: all.flatMap(({ reportProblems = [] }) => reportProblems).reverse(),
    },
  );
  return reasonOf(Object.assign({}, ...all.map(({ settings }) => settings)) as GateSettings, given);
}

describe("a scanner that was skipped, whose list in the JSON report is empty", () => {
  const skipped = evidence({
    findings: { findings: [], scanners: { ran: ["csrf", "xss"] } },
    skippedScanners: [{ scanner: "csrf", message: "no login credentials provided" }],
  });

  test("is missing where the gate requires it, with the reason from the report", () => {
    const { reason, message, missingScanners } = decideVerdict({ requiredScanners: ["csrf"] }, skipped);

    expect({ reason, missingScanners }).toEqual({ reason: "scannerMissing", missingScanners: ["csrf"] });
    expect(message).toContain("did not run scanners that the gate requires: csrf");
    expect(message).toContain("csrf was skipped: no login credentials provided");
  });

  test("did not run where nobody requires it", () => {
    const { passed, message, missingScanners } = decideVerdict({ requiredScanners: ["xss"] }, skipped);

    expect({ passed, missingScanners }).toEqual({ passed: true, missingScanners: ["csrf"] });
    expect(message).toContain("did not run: csrf");
  });

  test("closes the gate where it is the only one", () => {
    const alone = { ...skipped, findings: { findings: [], scanners: { ran: ["csrf"] } } };

    expect(reasonOf({}, alone)).toBe("scannerMissing");
  });

  test("has run where it found something", () => {
    const found = { findings: [finding("low", { scanner: "csrf" })], scanners: { ran: ["csrf", "xss"] } };

    expect(decideVerdict({ requiredScanners: ["csrf"] }, { ...skipped, findings: found })).toMatchObject({
      passed: true,
      missingScanners: [],
    });
  });
});

test.each(REASONS)("%s is the reason where nothing else is wrong", (reason) => {
  expect(reasonWith(reason)).toBe(reason);
});

const PAIRS = REASONS.flatMap((earlier, at) => REASONS.slice(at + 1).map((later) => [earlier, later] as const));

test.each(PAIRS)("%s is told before %s", (earlier, later) => {
  expect(reasonWith(earlier, later)).toBe(earlier);
});

test("where all is wrong, the settings are", () => {
  expect(reasonWith(...REASONS)).toBe("invalidSettings");
});

test.each<[string, Partial<GateEvidence>]>([
  ["findings", { findings: undefined }],
  ["scanner errors", { scannerErrors: undefined }],
  ["both", { findings: undefined, scannerErrors: undefined }],
])("where %s are absent and nobody says why, the report is missing", (_what, fields) => {
  const verdict = decideVerdict({}, evidence(fields));

  expect(verdict).toMatchObject({ passed: false, reason: "reportMissing", missingScanners: [] });
  expect(verdict.findingCounts).toBeUndefined();
});

test("a report's problem closes even where both reports are there", () => {
  expect(
    REPORT_REASONS.map((reason) => reasonOf({}, evidence({ reportProblems: [{ reason, problem: "x" }] }))),
  ).toEqual(REPORT_REASONS);
});

test("a scan in which no scanner ran closes, whatever is required", () => {
  const given = evidence({ findings: { findings: [], scanners: { ran: [] } } });

  expect(decideVerdict({ failOn: "none" }, given)).toMatchObject({ passed: false, reason: "scannerMissing" });
});

test("a scanner that did not run is listed, and closes only where it is required", () => {
  const given = evidence({ findings: { findings: [], scanners: { ran: ["xss"], missing: ["ssl"] } } });

  expect(decideVerdict({}, given)).toMatchObject({ passed: true, missingScanners: ["ssl"] });
  expect(decideVerdict({ requiredScanners: ["ssl", "fuzzer", "fuzzer", "xss"] }, given)).toMatchObject({
    passed: false,
    reason: "scannerMissing",
    missingScanners: ["fuzzer", "ssl"],
  });
});

test("a closed verdict on findings has the counts of all, accepted ones too", () => {
  const accept = [{ slug: "known", reason: "It leads nowhere.", expires: "2026-06-01" }];
  const given = found([finding("high"), finding("high", { slug: "known" }), finding("low")]);

  const verdict = decideVerdict({ accept }, given);

  expect(verdict).toMatchObject({ reason: "findings", findingCounts: { critical: 0, high: 2, low: 1 } });
});

test.each<[string, string, boolean]>([
  ["on its last day", "2026-06-01", true],
  ["on the day after", "2026-05-31", false],
])("an acceptance %s: the gate is open is %s", (_when, expires, passed) => {
  const accept = [{ slug: "open-door", reason: "It leads nowhere.", expires }];

  expect(decideVerdict({ accept }, found([finding("critical")])).passed).toBe(passed);
});

describe("who started the scan", () => {
  test.each<[GateEvidence["scan"]["startedBy"], boolean | undefined, VerdictReason]>([
    ["deployment", undefined, "passed"],
    ["deployment", true, "passed"],
    ["other", undefined, "scanJoined"],
    ["other", false, "scanJoined"],
    ["other", true, "passed"],
    ["unknown", undefined, "invalidSettings"],
    ["unknown", false, "invalidSettings"],
    ["unknown", true, "passed"],
  ])("%s, with acceptJoined %p: %s", (startedBy, acceptJoined, reason) => {
    expect(reasonOf({ acceptJoined }, evidence({ scan: gatedScan({ startedBy }) }))).toBe(reason);
  });

  test.each(["queued", "running"] as const)("a %s scan of somebody else is a joined one", (state) => {
    const scan = gatedScan({ startedBy: "other", end: { kind: "status", state, statusCode: 1 } });

    expect(reasonOf({}, evidence({ scan }))).toBe("scanJoined");
  });

  test.each([
    ["webhook", "acceptJoined must be true, since a webhook does not say who started the scan"],
    ["project", "acceptJoined must be true, since IDs do not say who started the scan"],
  ] as const)("by %s nobody can tell", (kind, problem) => {
    const abilities = CRASHTEST_RULES.abilitiesFor(kind);
    expect(settingsProblems({}, { abilities, startedBy: "unknown" })).toEqual([problem]);
    expect(settingsProblems({ acceptJoined: true }, { abilities, startedBy: "unknown" })).toEqual([]);
  });
});

test("settings that could not be read close, beside those that are wrong", () => {
  const verdict = decideVerdict({ failOn: "none", minCvss: 11 }, evidence({ settingsProblems: ["no such file"] }));

  expect(verdict).toMatchObject({ passed: false, reason: "invalidSettings" });
  expect(verdict.message).toContain("no such file; minCvss must be a CVSS score from 0 to 10");
});

describe("warnings", () => {
  const accept = [{ slug: "nowhere", reason: "It leads nowhere.", expires: "2026-12-31" }];
  const warning = 'the acceptance of "nowhere" ("It leads nowhere.") matches nothing that was found';

  test("are told with an open gate", () => {
    expect(judge({ accept }, evidence())).toMatchObject({ verdict: { passed: true }, warnings: [warning] });
  });

  test("are told with a gate that is closed on findings, and there are lines of its message", () => {
    const { verdict, warnings } = judge({ accept }, found([finding("high")]));

    expect(warnings).toEqual([warning]);
    expect(verdict.message).toContain(`\n  ${warning}\n`);
  });

  test("are not told without a report", () => {
    expect(judge({ accept }, evidence({ findings: undefined })).warnings).toEqual([]);
  });
});

test.each<[boolean, VerdictReason, boolean, boolean]>([
  [true, "passed", false, false],
  [true, "passed", true, false],
  [false, "findings", false, true],
  [false, "findings", true, false],
  [false, "scanTimedOut", true, false],
  [false, "invalidSettings", false, true],
  [false, "invalidSettings", true, true],
])("passed %s by %s, advisory %s: holds back is %s", (passed, reason, isAdvisory, expected) => {
  expect(holdsBack({ passed, reason }, isAdvisory)).toBe(expected);
});

test("advisory changes no verdict", () => {
  const given = found([finding("high")]);

  expect(decideVerdict({ advisory: true }, given)).toEqual(decideVerdict({}, given));
});

describe("how much a scan saw", () => {
  const seen = (coverage: ScanCoverage, fields: Partial<GateEvidence> = {}): GateEvidence =>
    evidence({ scan: gatedScan({ end: { kind: "status", state: "finished", statusCode: 3, coverage } }), ...fields });

  test("is told with an open gate", () => {
    const { verdict, warnings } = judge({}, seen({ pages: 12, forms: 3, parameters: 8 }));

    expect(verdict.message).toContain("(failOn: high); covered: 12 pages, 3 forms, 8 parameters.");
    expect(warnings).toEqual([]);
  });

  test.each<[string, GateSettings, Partial<GateEvidence>]>([
    ["findings", {}, { findings: { findings: [finding("high")], scanners: { ran: ["xss"] } } }],
    ["a scanner that broke", {}, { scannerErrors: [{ scanner: "ssl", message: "no handshake" }] }],
    ["a scanner that did not run", { requiredScanners: ["ssl"] }, {}],
  ])("is told with a gate that is closed on %s", (_what, settings, fields) => {
    const { verdict } = judge(settings, seen({ pages: 1, forms: 1, parameters: 1 }, fields));

    expect(verdict.passed).toBe(false);
    expect(verdict.message).toContain("; covered: 1 page, 1 form, 1 parameter.");
  });

  test.each<[string, ScanCoverage, boolean]>([
    ["one page and no parameter", { pages: 1, forms: 0, parameters: 0 }, true],
    ["no page", { pages: 0, forms: 0, parameters: 0 }, true],
    ["one page with a parameter", { pages: 1, forms: 0, parameters: 1 }, false],
    ["two pages", { pages: 2, forms: 0, parameters: 0 }, false],
  ])("%s is a warning: %s", (_what, coverage, isWarning) => {
    const { verdict, warnings } = judge({}, seen(coverage));

    expect(verdict.passed).toBe(true);
    expect(warnings).toEqual(
      isWarning
        ? [expect.stringMatching(/^scan 31 saw no more of its target than [01] pages?, 0 forms, 0 parameters: /)]
        : [],
    );
  });
});

test.each(["failed", "stopped"] as const)(
  "why a scan %s is told as the service says it, cleaned and shortened",
  (state) => {
    const reason = `the target answered 503 to all 12 requests\u001B[2J<{%fg 77%}>${"!".repeat(500)}`;
    const scan = gatedScan({ end: { kind: "status", state, statusCode: 5, reason } });

    const [head = ""] = decideVerdict({}, evidence({ scan })).message.split("\n");

    expect(head).toContain("(status code 5): the target answered 503 to all 12 requests\uFFFD[2J\uFFFD{%fg 77%}>!!!");
    expect(head.length).toBeLessThan(350);
  },
);
