import type { Finding } from "../../../../findings/finding";
import { baselineNotes, compareWithBaseline } from "../../../../gate/rules/baseline";
import { gateFindingsOf, type GateFinding } from "../../../../gate/rules/gate-finding";
import type { BaselineKind } from "../../../../gate/rules/settings";
import { finding } from "./sample-evidence";

const gateFinding = (given: Finding): GateFinding => {
  const [one] = gateFindingsOf([given]);
  if (one === undefined) throw new Error("the finding is lost");
  return one;
};

const at = (path: string): GateFinding =>
  gateFinding(finding("high", { where: { method: "GET", path, parameter: "q" } }));
const [a, b, c] = [at("/a"), at("/b"), at("/c")];
const of = (...findings: GateFinding[]): string[] => findings.map(({ fingerprint }) => fingerprint);

interface Case {
  what: string;
  kind: BaselineKind | undefined;
  counted: GateFinding[];
  accepted?: string[];
  baseline: string[] | undefined;
  fresh: GateFinding[];
  old: GateFinding[];
  fixed: number;
  state: string;
}

const CASES: Case[] = [
  {
    what: "no baseline is asked for",
    kind: undefined,
    counted: [a],
    baseline: of(a),
    fresh: [a],
    old: [],
    fixed: 0,
    state: "none",
  },
  {
    what: "lastPassed has none yet",
    kind: "lastPassed",
    counted: [a],
    baseline: undefined,
    fresh: [a],
    old: [],
    fixed: 0,
    state: "none",
  },
  {
    what: "a file was not read",
    kind: "file",
    counted: [a],
    baseline: undefined,
    fresh: [a],
    old: [],
    fixed: 0,
    state: "none",
  },
  {
    what: "firstScan has none yet",
    kind: "firstScan",
    counted: [a],
    baseline: undefined,
    fresh: [],
    old: [a],
    fixed: 0,
    state: "recorded",
  },
  {
    what: "an empty one is one",
    kind: "firstScan",
    counted: [a],
    baseline: [],
    fresh: [a],
    old: [],
    fixed: 0,
    state: "compared",
  },
  {
    what: "one is new, one old, one fixed",
    kind: "lastPassed",
    counted: [a, b],
    baseline: of(b, c),
    fresh: [a],
    old: [b],
    fixed: 1,
    state: "compared",
  },
  {
    what: "an accepted one is not fixed",
    kind: "file",
    counted: [a],
    accepted: of(c),
    baseline: of(a, c),
    fresh: [],
    old: [a],
    fixed: 0,
    state: "compared",
  },
  {
    what: "the same place twice is old twice",
    kind: "file",
    counted: [a, a],
    baseline: of(a),
    fresh: [],
    old: [a, a],
    fixed: 0,
    state: "compared",
  },
  {
    what: "a fingerprint that is named twice is fixed once",
    kind: "file",
    counted: [],
    baseline: of(a, a),
    fresh: [],
    old: [],
    fixed: 1,
    state: "compared",
  },
];

test.each(CASES)("$what", ({ kind, counted, accepted = [], baseline, fresh, old, fixed, state }) => {
  const settings = kind === undefined ? {} : { baseline: kind };

  expect(compareWithBaseline({ counted, accepted, settings }, baseline)).toEqual({
    state,
    fresh,
    old,
    fixedCount: fixed,
  });
});

test.each<[string, Parameters<typeof baselineNotes>, string[]]>([
  ["nothing without a baseline", [undefined, { state: "none", fresh: [a], old: [], fixedCount: 0 }], []],
  [
    "that there is none yet",
    ["lastPassed", { state: "none", fresh: [a], old: [], fixedCount: 0 }],
    ["no baseline yet, so all count (baseline: lastPassed)"],
  ],
  [
    "that it is recorded",
    ["firstScan", { state: "recorded", fresh: [], old: [a, b], fixedCount: 0 }],
    ["2 recorded as the baseline: 2 findings, 2 high, will pass from now on (baseline: firstScan)"],
  ],
  [
    "what the worst is that is recorded",
    ["firstScan", { state: "recorded", fresh: [], old: [a, gateFinding(finding("critical")), b], fixedCount: 0 }],
    ["3 recorded as the baseline: 3 findings, 1 critical, will pass from now on (baseline: firstScan)"],
  ],
  [
    "that nothing is recorded",
    ["firstScan", { state: "recorded", fresh: [], old: [], fixedCount: 0 }],
    ["0 recorded as the baseline: from the next scan on all findings count (baseline: firstScan)"],
  ],
  [
    "how many are old",
    ["file", { state: "compared", fresh: [], old: [a], fixedCount: 0 }],
    ["1 old left out (baseline: file)"],
  ],
  [
    "how many are fixed",
    ["file", { state: "compared", fresh: [], old: [], fixedCount: 2 }],
    ["0 old left out (baseline: file)", "2 of the baseline no longer found"],
  ],
])("a message says %s", (_what, given, expected) => {
  expect(baselineNotes(...given)).toEqual(expected);
});
