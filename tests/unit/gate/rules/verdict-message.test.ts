import type { Finding } from "../../../../findings/finding";
import { fingerprintOf } from "../../../../findings/fingerprint";
import { decideVerdict, judge } from "../../../../gate/rules/decide-verdict";
import type { GateEvidence } from "../../../../gate/rules/verdict";
import type { GateSettings } from "../../../../gate/rules/settings";
import { gateFindingsOf, nameFinding } from "../../../../gate/rules/gate-finding";
import { BY_WEBHOOK, evidence, finding, findingsOf, found, gatedScan, URN } from "./sample-evidence";

const nameOf = (given: Finding): string => gateFindingsOf([given]).map(nameFinding).join();

const linesOf = (settings: GateSettings, given: GateEvidence): string[] =>
  decideVerdict(settings, given).message.split("\n");

test("a gate that is closed on a finding says what, where, and what to do", () => {
  const high = finding("high", { cves: [{ id: "CVE-2000-0001", additional: {} }] });

  expect(linesOf({}, found([high, finding("low")]))).toEqual([
    "gate closed (findings): scan 31 has too many findings: 1 high (failOn: high).",
    "  found: 0 critical, 1 high, 0 medium, 1 low, 0 info, 0 unknown",
    "  high 8.8 Open door (xss), GET /items, parameter q, 1 CVE",
    `    finding: ${fingerprintOf(high)}`,
    "What to do:",
    "- fix what was found",
    "- see the report: npx pulumi-crashtest report --project 7 --scan 31 --format pdf --output report.pdf",
    '- or accept a finding for a while, with accept: "accepted.yaml" on the gate: npx pulumi-crashtest accept FINGERPRINT ' +
      '--file accepted.yaml --reason "..." --expires YYYY-MM-DD',
    `- scan again: change a trigger, or run: pulumi up --replace '${URN}'`,
  ]);
});

test("by webhook the report is XML", () => {
  const scan = gatedScan({ abilities: BY_WEBHOOK, startedBy: "unknown", projectId: undefined, urn: undefined });

  expect(linesOf({ acceptJoined: true }, found([finding("high")], { scan })).slice(-5)).toEqual([
    "What to do:",
    "- fix what was found",
    "- see the report, with CRASHTEST_WEBHOOK set: npx pulumi-crashtest report --scan 31 --format xml --output report.xml",
    '- or accept a finding for a while, with accept: "accepted.yaml" on the gate: npx pulumi-crashtest accept FINGERPRINT ' +
      '--file accepted.yaml --reason "..." --expires YYYY-MM-DD',
    "- scan again: start another scan",
  ]);
});

test("with settings that cannot be used there is nothing to scan again", () => {
  expect(linesOf({ minCvss: 11 }, evidence())).toEqual([
    "gate closed (invalidSettings): its settings cannot be used: minCvss must be a CVSS score from 0 to 10.",
    "What to do:",
    "- correct the gate's settings",
  ]);
});

test("a scan that broke says so, and how to scan again", () => {
  const scannerErrors = [
    { scanner: "ssl", message: "no handshake" },
    { scanner: "", message: "" },
  ];

  expect(linesOf({}, evidence({ scannerErrors }))).toEqual([
    "gate closed (scannerFailed): scan 31 has scanners that broke (2), and so found nothing.",
    "  found: 0 critical, 0 high, 0 medium, 0 low, 0 info, 0 unknown",
    "  ssl: no handshake",
    "  : ",
    "What to do:",
    "- see the report: npx pulumi-crashtest report --project 7 --scan 31 --format pdf --output report.pdf",
    `- scan again: change a trigger, or run: pulumi up --replace '${URN}'`,
  ]);
});

test("a timeout has its own way out before the others", () => {
  const scan = gatedScan({ end: { kind: "timedOut", isStopped: true } });

  expect(linesOf({ timeoutSeconds: 5 }, evidence({ scan }))).toEqual([
    "gate closed (scanTimedOut): scan 31 did not end within 5 seconds (timeoutSeconds), and was stopped.",
    "What to do:",
    "- run again, which starts a new scan, or raise timeoutSeconds",
    `- scan again: change a trigger, or run: pulumi up --replace '${URN}'`,
  ]);
});

test("a joined scan names its ways out, among which is no other start, since that could join the same scan", () => {
  expect(linesOf({}, evidence({ scan: gatedScan({ startedBy: "other" }) }))).toEqual([
    "gate closed (scanJoined): scan 31 was running before this deployment, and may have tested what was there then.",
    "What to do:",
    '- set whenRunning: "restart" on the scan, or acceptJoined: true on the gate',
    "- or run again once it has ended, which starts a scan of its own",
  ]);
});

test.each([
  ["reportMissing", "has no report to decide by: 404"],
  ["reportTooLarge", "has no report to decide by: 404"],
  ["reportUnreadable", "has no report to decide by: 404"],
] as const)("%s says what came instead of a report", (reason, what) => {
  expect(linesOf({}, evidence({ reportProblems: [{ reason, problem: "404" }] }))[0]).toBe(
    `gate closed (${reason}): scan 31 ${what}.`,
  );
});

test.each([
  ["it is gone", "it is gone."],
  ["it is gone.", "it is gone."],
  ["it is gone. (GONE)", "it is gone. (GONE)."],
  ["it goes on...", "it goes on..."],
])("a head that ends in %j ends in one full stop", (problem, end) => {
  const [report] = linesOf({}, evidence({ reportProblems: [{ reason: "reportMissing", problem }] }));
  const [settings] = linesOf({}, evidence({ settingsProblems: [problem] }));

  expect([report, settings]).toEqual([
    `gate closed (reportMissing): scan 31 has no report to decide by: ${end}`,
    `gate closed (invalidSettings): its settings cannot be used: ${end}`,
  ]);
});

describe("findings that are named", () => {
  const named = (lines: readonly string[]): string[] => lines.filter((line) => /^ {2}\w+ \d/.test(line));

  test.each([
    [1, 1, []],
    [5, 5, []],
    [6, 5, ["  ... and 1 more, which the report names"]],
    [40, 5, ["  ... and 35 more, which the report names"]],
  ])("of %i there are %i", (count, namedCount, rest) => {
    const lines = linesOf({}, found(findingsOf("high", count)));

    expect(named(lines)).toHaveLength(namedCount);
    expect(lines.filter((line) => line.startsWith("    finding: "))).toHaveLength(namedCount);
    expect(lines.filter((line) => line.startsWith("  ..."))).toEqual(rest);
  });

  test("are the worst, in the order of the report among equals", () => {
    const findings = [...findingsOf("medium", 3), ...findingsOf("high", 2), finding("critical"), finding("unknown")];

    expect(named(linesOf({ failOn: "medium" }, found(findings))).map((line) => line.trim().split(/, /).at(1))).toEqual([
      "GET /items",
      "GET /high/0",
      "GET /high/1",
      "GET /medium/0",
      "GET /medium/1",
    ]);
  });

  test("are the worst also where a score alone closed on them", () => {
    const findings = [finding("low"), finding("critical"), finding("medium")];

    expect(
      named(linesOf({ failOn: "none", minCvss: 3 }, found(findings))).map((line) => line.trim().split(" ")[0]),
    ).toEqual(["critical", "medium", "low"]);
  });

  test("are named once where several thresholds close on them", () => {
    expect(named(linesOf({ minCvss: 5 }, found([finding("high")])))).toHaveLength(1);
  });

  test("are only those that closed the gate", () => {
    const accept = [{ slug: "known", reason: "It leads nowhere.", expires: "2026-12-31" }];
    const findings = [finding("high"), finding("low"), finding("critical", { slug: "known" })];

    const lines = linesOf({ accept }, found(findings));

    expect(lines[0]).toBe(
      "gate closed (findings): scan 31 has too many findings: 1 high (failOn: high); 1 more accepted.",
    );
    expect(named(lines)).toHaveLength(1);
  });
});

test.each<[string, Finding, string]>([
  ["of no title, by its slug", finding("low", { title: undefined } as object), "low 3.1 open-door (xss)"],
  [
    "of JUnit, by its text",
    finding("high", { title: undefined, slug: "", cvss: undefined, information: "Found it" } as object),
    "high Found it (xss)",
  ],
  ["of unknown severity, without a score", finding("unknown"), "unknown Open door (xss)"],
  ["of the score 0, with it", finding("info"), "info 0.0 Open door (xss)"],
])("a finding is named: %s", (_what, given, expected) => {
  expect(nameOf({ ...given, where: {} })).toBe(expected);
});

test.each<[string, Finding["where"], string]>([
  ["a path", { path: "/a" }, ", /a"],
  ["a host, where there is no path", { host: "shop.example" }, ", shop.example"],
  ["the path, and not the host", { host: "shop.example", path: "/a" }, ", /a"],
  ["a method alone", { method: "POST" }, ", POST"],
  ["a parameter alone", { parameter: "q" }, ", parameter q"],
  ["nothing", {}, ""],
])("the place of a finding is %s", (_what, where, expected) => {
  expect(nameOf(finding("high", { where }))).toBe(`high 8.8 Open door (xss)${expected}`);
});

test("at most 20 scanner errors are told", () => {
  const scannerErrors = Array.from({ length: 30 }, (_, at) => ({ scanner: "ssl", message: `${at}` }));

  const lines = linesOf({}, evidence({ scannerErrors })).filter((line) => line.startsWith("  ssl: "));

  expect(lines).toHaveLength(20);
});

test("long texts of the site are cut", () => {
  const long = "x".repeat(300);
  const shown = `${"x".repeat(200)}...`;
  const where = { method: "GET", path: `/${long}`, parameter: long };

  expect(nameOf(finding("high", { title: long, scanner: long, where }))).toBe(
    `high 8.8 ${shown} (${shown}), GET /${"x".repeat(195)}..., parameter ${shown}`,
  );
});

test("an open gate says what was found, accepted and left out", () => {
  const accept = [{ slug: "open-door", reason: "It leads nowhere.", expires: "2026-12-31" }];
  const given = evidence({
    findings: {
      findings: [finding("high"), finding("low")],
      scanners: { ran: ["xss"], missing: ["ssl", "fuz\u001Bzer"] },
    },
  });

  expect(decideVerdict({ accept }, given).message).toBe(
    "gate open: scan 31 found 0 critical, 1 high, 0 medium, 1 low, 0 info, 0 unknown (failOn: high); 2 of them accepted; did not run: fuz\uFFFDzer, ssl.",
  );
});

test("of many scanners that did not run the first ones are named", () => {
  const names = Array.from({ length: 22 }, (_, at) => `scanner-${String(at).padStart(2, "0")}`);
  const told = `${names.slice(0, 20).join(", ")} and 2 more`;
  const given = evidence({ findings: { findings: [], scanners: { ran: ["xss"], missing: names } } });

  expect(decideVerdict({}, given).message).toContain(`; did not run: ${told}.`);
  expect(decideVerdict({ requiredScanners: names }, given).message).toContain(`that the gate requires: ${told}.`);
  expect(decideVerdict({}, given).missingScanners).toEqual(names);
});

test("an acceptance that has expired is told in the message, and as a warning", () => {
  const accept = [{ slug: "open-door", where: "/items", reason: "Mended soon.", expires: "2026-05-31" }];
  const warning = 'the acceptance of "open-door" at /items ("Mended soon.") expired on 2026-05-31: it counts again';

  const { verdict, warnings } = judge({ accept }, found([finding("high")]));

  expect(warnings).toEqual([warning]);
  expect(verdict.message.split("\n")).toContain(`  ${warning}`);
});

test("an acceptance by fingerprint is named by it", () => {
  const fingerprint = "0a".repeat(32);
  const accept = [{ finding: fingerprint, reason: "Mended soon.", expires: "2026-12-31" }];

  expect(judge({ accept }, evidence()).warnings).toEqual([
    `the acceptance of finding ${fingerprint} ("Mended soon.") matches nothing that was found`,
  ]);
});
