import { resolveGateSettings } from "../../../../gate/rules/settings";
import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import { BY_PROJECT, BY_WEBHOOK } from "./sample-evidence";

const problemsOf = (given: Record<string, unknown>, kind: "project" | "webhook" = "project"): readonly string[] =>
  resolveGateSettings(given, CRASHTEST_RULES.abilitiesFor(kind)).problems;

test("without settings all have their defaults", () => {
  expect(resolveGateSettings({}, BY_PROJECT)).toEqual({
    settings: {
      failOn: "high",
      maxFindings: {},
      minCvss: undefined,
      requiredScanners: [],
      timeoutSeconds: 3_600,
      onTimeout: "fail",
      pollIntervalSeconds: 120,
      acceptJoined: false,
      accept: [],
      advisory: false,
    },
    problems: [],
  });
});

test("what is given stays as it is", () => {
  const given = {
    failOn: "medium",
    maxFindings: { medium: 2, unknown: 0 },
    minCvss: 7.5,
    requiredScanners: ["xss", "ssl"],
    minCoverage: { pages: 3, operations: 1 },
    timeoutSeconds: 60,
    onTimeout: "stopScan",
    pollIntervalSeconds: 10,
    acceptJoined: true,
    accept: [{ slug: "open-door", reason: "It leads nowhere.", expires: "2026-12-31" }],
    advisory: true,
  } as const;

  expect(resolveGateSettings(given, BY_PROJECT)).toEqual({ settings: given, problems: [] });
});

test.each([
  "failOn",
  "maxFindings",
  "minCvss",
  "requiredScanners",
  "minCoverage",
  "timeoutSeconds",
  "onTimeout",
  "pollIntervalSeconds",
  "acceptJoined",
  "accept",
  "advisory",
])("%s that is undefined counts as left out", (name) => {
  expect(resolveGateSettings({ [name]: undefined }, BY_WEBHOOK)).toEqual(resolveGateSettings({}, BY_WEBHOOK));
});

const CORRECT: [string, readonly unknown[]][] = [
  ["failOn", ["critical", "high", "medium", "low", "info", "none"]],
  ["maxFindings", [{}, { high: 0 }, { unknown: 3 }, { low: undefined }, { info: Number.MAX_SAFE_INTEGER }]],
  ["minCvss", [0, 0.1, 6.95, 10]],
  ["requiredScanners", [[], ["xss"], ["xss", "xss"]]],
  ["minCoverage", [{ pages: 1 }, { operations: 7 }, { pages: 2, operations: undefined }, { pages: 2, operations: 3 }]],
  ["timeoutSeconds", [0.001, 1, 3_600, 604_800]],
  ["onTimeout", ["fail", "stopScan"]],
  ["pollIntervalSeconds", [1, 1.5, 120, 3_600]],
  ["acceptJoined", [true, false]],
  ["accept", [[]]],
  ["advisory", [true, false]],
];

test.each(CORRECT.flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
  "%s can be %j",
  (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([]);
  },
);

const WORDS = "must be one of critical, high, medium, low, info, none";
const LIMITS = "must give whole numbers of 0 or more for some of critical, high, medium, low, info, unknown";
const SCORE = "must be a CVSS score from 0 to 10";
const NAMES = "must be a list of scanner names";
const TIMEOUT = "must be a number of seconds above 0, up to 604800";
const INTERVAL = "must be a number of seconds from 1 to 3600";
const COVERAGE = "must give whole numbers of 1 or more for pages, operations, or both";
const YES_OR_NO = "must be true or false";
const NO_SCANNERS =
  "requiredScanners needs findings as JSON, which this service or webhook does not have: remove it, or use a project at " +
  "Crashtest Security (crashtest:service)";
const NO_STOP = 'onTimeout: "stopScan" cannot be used with a webhook: give the scan a projectId';
const NO_NUMBERS = [NaN, Infinity, -Infinity, "60", "", true, null, [60], {}];

const WRONG: [string, string, readonly unknown[]][] = [
  ["failOn", WORDS, ["unknown", "High", "severe", "", " high", 7, true, null, ["high"]]],
  ["maxFindings", LIMITS, [{ high: -1 }, { high: 1.5 }, { high: NaN }, { high: "1" }, { high: null }]],
  ["maxFindings", LIMITS, [{ high: Infinity }, { high: 2 ** 53 }, { High: 1 }, { none: 1 }, { constructor: 1 }]],
  ["maxFindings", LIMITS, [3, "high", null, [1], true, new Map([["high", 0]]), new Set(["high"])]],
  ["minCvss", SCORE, [-0.1, 10.1, ...NO_NUMBERS]],
  ["requiredScanners", NAMES, ["xss", [""], [" "], [7], ["xss", null], {}, null, 3]],
  [
    "minCoverage",
    COVERAGE,
    [{}, { pages: undefined }, { pages: 0 }, { pages: 1.5 }, { pages: "1" }, { operations: null }],
  ],
  ["minCoverage", COVERAGE, [{ forms: 1 }, { pages: 1, forms: 1 }, 3, "pages", [1], null, true]],
  ["timeoutSeconds", TIMEOUT, [0, -0, -1, 604_800.1, ...NO_NUMBERS]],
  ["onTimeout", "must be one of fail, stopScan", ["stop", "stopscan", "", true, null, 0]],
  ["pollIntervalSeconds", INTERVAL, [0, -1, 0.999, 3_600.1, ...NO_NUMBERS]],
  ["acceptJoined", YES_OR_NO, ["true", "", 1, 0, null, {}]],
  ["advisory", YES_OR_NO, ["false", "", 1, 0, null, []]],
];

test.each(WRONG.flatMap(([name, form, values]) => values.map((value) => [name, value, form] as const)))(
  "%s cannot be %p",
  (name, value, form) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name} ${form}`]);
  },
);

test.each(["failon", "timeout", "maxFinding", "", "constructor", "hasOwnProperty", "toString"])(
  "%j is no setting, which might have been meant to close the gate",
  (name) => {
    expect(problemsOf({ [name]: "high" })).toEqual([`${name} is not a gate setting`]);
  },
);

test("a name with nothing behind it is no problem", () => {
  expect(problemsOf({ failon: undefined })).toEqual([]);
});

test.each([["slug"], [{}], [7], [true]])("accept cannot be %j", (accept) => {
  expect(problemsOf({ accept })).toEqual(["accept must be a list of accepted findings"]);
});

test("an acceptance that is wrong is named with its place", () => {
  expect(problemsOf({ accept: [{ slug: "a", reason: "b" }] })).toEqual(["accept[0].expires is missing"]);
});

test("all that is wrong is said at once", () => {
  const wrong = {
    failOn: "severe",
    minCvss: 11,
    accept: 7,
    slack: 1,
    requiredScanners: ["xss"],
    onTimeout: "stopScan",
  };
  const problems = problemsOf(wrong, "webhook");

  expect(problems).toEqual([
    `failOn ${WORDS}`,
    `minCvss ${SCORE}`,
    "slack is not a gate setting",
    "accept must be a list of accepted findings",
    NO_SCANNERS,
    NO_STOP,
  ]);
});

test.each([
  [{ jsonFindings: true, canStop: false }, [NO_STOP]],
  [{ jsonFindings: false, canStop: true }, [NO_SCANNERS]],
])("a service with %j refuses only what needs the other", (abilities, refused) => {
  const given = { minCvss: 7, baseline: "firstScan", requiredScanners: ["xss"], onTimeout: "stopScan" } as const;

  expect(resolveGateSettings(given, { ...BY_PROJECT, ...abilities }).problems).toEqual(refused);
});

describe("with a webhook", () => {
  test.each([
    ["requiredScanners", [], NO_SCANNERS],
    ["requiredScanners", ["xss"], NO_SCANNERS],
    ["onTimeout", "stopScan", NO_STOP],
  ])("%s cannot be %j", (name, value, problem) => {
    expect(problemsOf({ [name]: value }, "webhook")).toEqual([problem]);
    expect(problemsOf({ [name]: value }, "project")).toEqual([]);
  });

  test.each([
    ["failOn", "low"],
    ["maxFindings", { high: 1 }],
    ["minCvss", 7],
    ["accept", []],
    ["accept", [{ slug: "xss", reason: "known", expires: "2026-12-31" }]],
    ["baseline", "lastPassed"],
    ["baseline", "firstScan"],
    ["baseline", { file: "old.xml" }],
    ["timeoutSeconds", 1],
    ["onTimeout", "fail"],
    ["pollIntervalSeconds", 1],
    ["acceptJoined", true],
    ["advisory", true],
  ])("%s can be %j", (name, value) => {
    expect(problemsOf({ [name]: value }, "webhook")).toEqual([]);
  });
});
