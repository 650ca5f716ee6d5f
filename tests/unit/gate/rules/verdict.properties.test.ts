import fc from "fast-check";
import type { Finding } from "../../../../findings/finding";
import { severityOf } from "../../../../findings/severity";
import { decideVerdict } from "../../../../gate/rules/decide-verdict";
import type { GateEvidence, GatedScan, ScanEnd } from "../../../../gate/rules/verdict";
import type { GateSettings } from "../../../../gate/rules/settings";
import { doubtfulEvidence, someEvidence, someFinding, someSettings } from "./arbitrary-evidence";
import { evidence, finding } from "./sample-evidence";

const RUNS = { numRuns: 500 };
const passes = (settings: GateSettings, given: GateEvidence): boolean => decideVerdict(settings, given).passed;

const findingsIn = (given: GateEvidence): readonly Finding[] => given.findings?.findings ?? [];
const ranIn = (given: GateEvidence): readonly string[] => given.findings?.scanners.ran ?? [];
const withFindings = (given: GateEvidence, findings: readonly Finding[]): GateEvidence => ({
  ...given,
  findings: { findings, scanners: { ...given.findings?.scanners, ran: ranIn(given) } },
});
const withRan = (given: GateEvidence, ran: readonly string[]): GateEvidence => ({
  ...given,
  findings: { findings: findingsIn(given), scanners: { ...given.findings?.scanners, ran } },
});
const withScan = (given: GateEvidence, scan: Partial<GatedScan>) => ({ ...given, scan: { ...given.scan, ...scan } });
const without = ({ maxFindings: _entries, ...rest }: GateSettings): GateSettings => rest;

test("of the generated cases some pass and some do not, so that the properties say something", () => {
  const outcomes = fc.sample(fc.tuple(someSettings, someEvidence), { numRuns: 500, seed: 5 });

  const passed = outcomes.filter(([settings, given]) => passes(settings, given)).length;

  expect(passed).toBeGreaterThan(75);
  expect(passed).toBeLessThan(425);
});

test("an empty report of scanners that ran passes with default settings", () => {
  const ran = fc.array(fc.string({ minLength: 1 }), { minLength: 1 });
  fc.assert(fc.property(ran, (names) => passes({}, withRan(evidence(), names))));
});

test("reason, passed and message agree", () => {
  fc.assert(
    fc.property(someSettings, doubtfulEvidence, (settings, given) => {
      const { passed, reason, message } = decideVerdict(settings, given);

      expect(reason === "passed").toBe(passed);
      expect(message.startsWith(passed ? "gate open: " : `gate closed (${reason}): `)).toBe(true);
    }),
  );
});

describe("what lacks information never passes:", () => {
  const OTHER_ENDS: readonly ScanEnd[] = [
    ...(["queued", "running", "stopped", "failed", "unknown"] as const).map((state): ScanEnd => ({
      kind: "status",
      state,
      statusCode: 9,
    })),
    { kind: "timedOut", isStopped: true },
    { kind: "timedOut", isStopped: false, problem: "no route" },
    { kind: "unreachable", problem: "" },
    { kind: "gone" },
  ];

  const LACKS: Readonly<Record<string, (given: GateEvidence) => GateEvidence>> = {
    "no findings": (given) => ({ ...given, findings: undefined }),
    "no XML report": (given) => ({ ...given, scannerErrors: undefined }),
    "a scanner that broke": (given) => ({ ...given, scannerErrors: [{ scanner: "", message: "" }] }),
    "no scanner that ran": (given) => withRan(given, []),
    "no report": (given) => ({ ...given, reportProblems: [{ reason: "reportMissing", problem: "" }] }),
    "a report that is too large": (given) => ({
      ...given,
      reportProblems: [{ reason: "reportTooLarge", problem: "" }],
    }),
    "an unreadable report": (given) => ({ ...given, reportProblems: [{ reason: "reportUnreadable", problem: "" }] }),
    "settings that were not read": (given) => ({ ...given, settingsProblems: [""] }),
    "a scan of somebody": (given) => withScan(given, { startedBy: "other" }),
    "a scan of nobody knows whom": (given) => withScan(given, { startedBy: "unknown" }),
  };

  test.each(Object.entries(LACKS))("%s", (_what, spoil) => {
    fc.assert(
      fc.property(
        someSettings,
        someEvidence,
        (settings, given) => !passes({ ...settings, acceptJoined: false }, spoil(given)),
      ),
      RUNS,
    );
  });

  const OTHER_SCANS: readonly Partial<GatedScan>[] = [...OTHER_ENDS.map((end) => ({ end })), { startedBy: "earlier" }];

  test.each(OTHER_SCANS)("a scan of %j, also where joined ones are accepted", (scan) => {
    fc.assert(
      fc.property(someSettings, someEvidence, fc.boolean(), (settings, given, acceptJoined) => {
        return !passes({ ...settings, acceptJoined }, withScan(given, scan));
      }),
      RUNS,
    );
  });

  test("a required scanner that did not run", () => {
    fc.assert(
      fc.property(someSettings, someEvidence, fc.constantFrom("xss", "ssl", "fuzzer"), (settings, given, name) => {
        const ran = ranIn(given).filter((other) => other !== name);
        return !passes(
          { ...settings, requiredScanners: [...(settings.requiredScanners ?? []), name] },
          withRan(given, ran),
        );
      }),
      RUNS,
    );
  });

  test("a finding that nobody rated, where there is any threshold", () => {
    const threshold = fc.oneof(
      fc.record({ failOn: fc.constantFrom("critical" as const, "high" as const, "info" as const) }),
      fc.record({ failOn: fc.constant("none" as const), minCvss: fc.constantFrom(0, 5, 10) }),
      fc.record({ failOn: fc.constant("none" as const), maxFindings: fc.constant({ unknown: 0 }) }),
    );
    fc.assert(
      fc.property(someSettings, threshold, someEvidence, (settings, strict, given) => {
        const unrated = finding("unknown", { slug: "of-its-own" });
        return !passes({ ...without(settings), ...strict }, withFindings(given, [...findingsIn(given), unrated]));
      }),
      RUNS,
    );
  });

  test("a time that is none, where findings are let pass by acceptances alone", () => {
    fc.assert(
      fc.property(someSettings, someEvidence, (settings, given) => {
        const isTooMuch = !passes({ ...settings, accept: [] }, given);
        return !(isTooMuch && passes(settings, { ...given, now: new Date(NaN) }));
      }),
      RUNS,
    );
  });
});

describe("what makes a report worse never opens a gate:", () => {
  type Case = [settings: GateSettings, given: GateEvidence];
  const anyCase = fc.tuple(someSettings, doubtfulEvidence);

  /** Whatever is closed stays closed after the change. */
  const staysClosed = <Choice>(choice: fc.Arbitrary<Choice>, change: (before: Case, choice: Choice) => Case): void => {
    fc.assert(
      fc.property(anyCase, choice, (before, chosen) => {
        const [settings, given] = change(before, chosen);
        return passes(...before) || !passes(settings, given);
      }),
      { numRuns: 2_000 },
    );
  };

  /** The findings with one of them changed. */
  const replaced = (given: GateEvidence, at: number, change: (old: Finding) => Finding): GateEvidence => {
    const findings = findingsIn(given);
    return withFindings(
      given,
      findings.map((old, index) => (index === at % findings.length ? change(old) : old)),
    );
  };

  test("another finding", () => {
    staysClosed(fc.tuple(someFinding, fc.nat(4)), ([settings, given], [more, at]) => [
      settings,
      withFindings(given, [...findingsIn(given).slice(0, at), more, ...findingsIn(given).slice(at)]),
    ]);
  });

  test("a scanner that broke", () => {
    staysClosed(fc.constantFrom("xss", ""), ([settings, given], scanner) => [
      settings,
      { ...given, scannerErrors: [...(given.scannerErrors ?? []), { scanner, message: "broke" }] },
    ]);
  });

  test("a scanner that did not run", () => {
    staysClosed(fc.nat(2), ([settings, given], at) => [
      settings,
      withRan(
        given,
        ranIn(given).filter((_name, index) => index !== at),
      ),
    ]);
  });

  test("a severity that becomes unknown", () => {
    staysClosed(fc.nat(3), ([settings, given], at) => {
      const unrated = replaced(given, at, ({ cvss: _cvss, ...old }) => ({ ...old, severity: "unknown" }));
      const { failOn, maxFindings = {} } = settings;
      const isLetPass = failOn === "none" || maxFindings.unknown !== undefined;
      return [settings, isLetPass ? given : unrated];
    });
  });

  test("a higher score, without entries in maxFindings", () => {
    const change = fc.tuple(fc.nat(3), fc.double({ min: 0, max: 10, noNaN: true }));
    fc.assert(
      fc.property(anyCase, change, ([given, report], [at, more]) => {
        const settings = without(given);
        const raised = replaced(report, at, (old) => {
          if (old.cvss === undefined) return old;
          const baseScore = Math.min(10, old.cvss.baseScore + more);
          return { ...old, cvss: { baseScore }, severity: severityOf(baseScore) };
        });
        return passes(settings, report) || !passes(settings, raised);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a higher score of a CVE, or none", () => {
    staysClosed(fc.tuple(fc.nat(3), fc.nat(10), fc.boolean()), ([settings, given], [at, more, isLost]) => [
      settings,
      replaced(given, at, (old) => ({
        ...old,
        cves: old.cves.map(({ cvssScore, ...cve }) =>
          isLost || cvssScore === undefined ? cve : { ...cve, cvssScore: Math.min(10, cvssScore + more) },
        ),
      })),
    ]);
  });

  test("an acceptance that is dropped", () => {
    staysClosed(fc.nat(2), ([settings, given], at) => [
      { ...settings, accept: (settings.accept ?? []).filter((_entry, index) => index !== at) },
      given,
    ]);
  });

  test("an acceptance that expires, as time goes by", () => {
    staysClosed(fc.integer({ min: 0, max: 400 }), ([settings, given], days) => [
      settings,
      { ...given, now: new Date(given.now.getTime() + days * 24 * 3_600_000) },
    ]);
  });

  test("a report that is lost", () => {
    staysClosed(fc.constantFrom("findings", "scannerErrors"), ([settings, given], part) => [
      settings,
      { ...given, [part]: undefined },
    ]);
  });
});

test("a stricter threshold never opens a gate", () => {
  const strictFirst = ["info", "low", "medium", "high", "critical", "none"] as const;
  const pair = fc.tuple(fc.nat(5), fc.nat(5)).map((ranks) => ranks.sort());
  fc.assert(
    fc.property(someSettings, someEvidence, pair, (settings, given, [strict, mild]) => {
      const withFailOn = (rank: number): boolean => passes({ ...settings, failOn: strictFirst[rank] }, given);
      return withFailOn(mild) || !withFailOn(strict);
    }),
    RUNS,
  );
});
