import { decideVerdict, judge } from "../../../../gate/rules/decide-verdict";
import type { GateEvidence } from "../../../../gate/rules/verdict";
import type { GateSettings } from "../../../../gate/rules/settings";
import { evidence, finding, found, gatedScan, NOW } from "./sample-evidence";

/** What could steer a terminal, turn the reading direction, or begin a line that looks like ours. */
const EVIL = "\u001B[2J\u009B31m\u202Eevil\u2066\r\ngate open: all is well\u2028\u200B\u0007\0";
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const accept = [{ slug: EVIL, where: `/${EVIL}`, reason: EVIL, expires: "2026-05-01" }];

const evilFinding = finding("high", {
  title: EVIL,
  slug: EVIL,
  scanner: EVIL,
  information: EVIL,
  where: { method: EVIL, path: `/${EVIL}`, host: EVIL, parameter: EVIL },
});

test.each<[string, GateSettings, GateEvidence]>([
  ["a finding and an acceptance that has expired", { accept }, found([evilFinding])],
  [
    "a finding without a title and path",
    {},
    found([finding("high", { ...evilFinding, title: undefined, where: { host: EVIL } } as object)]),
  ],
  ["a finding of JUnit", {}, found([finding("high", { ...evilFinding, title: undefined, slug: "" } as object)])],
  ["a scanner error", {}, evidence({ scannerErrors: [{ scanner: EVIL, message: EVIL }] })],
  ["a report's problem", {}, evidence({ reportProblems: [{ reason: "reportUnreadable", problem: EVIL }] })],
  ["no answer", {}, evidence({ scan: gatedScan({ end: { kind: "unreachable", problem: EVIL } }) })],
  ["a stop", {}, evidence({ scan: gatedScan({ end: { kind: "timedOut", isStopped: false, problem: EVIL } }) })],
  ["a required scanner", { requiredScanners: [EVIL] }, evidence()],
  [
    "a scanner that is missing",
    {},
    evidence({ findings: { findings: [], scanners: { ran: ["xss"], missing: [EVIL] } } }),
  ],
  ["an acceptance that matches nothing", { accept: [{ ...accept[0], slug: "x" } as never] }, found([evilFinding])],
])("no mark of %s reaches the message", (_what, settings, given) => {
  const { verdict, warnings } = judge(settings, given);

  const texts = [...verdict.message.split("\n"), ...warnings];
  expect(texts.filter((line) => STEERING.test(line))).toEqual([]);
  expect(texts.filter((line) => line.startsWith("gate open: all"))).toEqual([]);
  expect(texts.join("\n")).toContain("\uFFFD");
});

test("the message holds no time: the same scan and settings give the same verdict on another day", () => {
  const settings: GateSettings = {
    accept: [
      { slug: "open-door", reason: "Mended soon.", expires: "2026-05-01" },
      { slug: "none", reason: "Mended soon.", expires: "2026-12-31" },
    ],
  };
  const given = found([finding("high"), finding("low", { createdAt: "2026-01-02T03:04:05Z" })]);

  const later = { ...given, now: new Date(NOW.getTime() + 30 * 24 * 3_600_000 + 12_345) };

  expect(decideVerdict(settings, later)).toEqual(decideVerdict(settings, given));
});

test("a verdict changes nothing of what it was given", () => {
  const freeze = <T extends object>(value: T): T => {
    for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) freeze(inner as object);
    return Object.freeze(value);
  };
  const given = { ...found([finding("low"), finding("high")]), reportProblems: [] };
  const settings: GateSettings = freeze({ accept: [{ slug: "a", reason: "b", expires: "2026-12-31" }] });

  const frozen = { ...freeze({ ...given, now: {} }), now: NOW };

  expect(decideVerdict(settings, frozen).reason).toBe("findings");
});
