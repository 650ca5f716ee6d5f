import type { GatedScan, ScanEnd } from "../../../../gate/rules/verdict";
import { endProblemOf, isRefusedAsJoined } from "../../../../gate/rules/scan-end";
import { gatedScan } from "./sample-evidence";

const status = (state: Extract<ScanEnd, { kind: "status" }>["state"], statusCode = 9): ScanEnd => ({
  kind: "status",
  state,
  statusCode,
});

const problemOf = (end: ScanEnd, startedBy: GatedScan["startedBy"] = "deployment") =>
  endProblemOf(gatedScan({ end, startedBy }), { timeoutSeconds: 60, acceptJoined: false });

test.each(["deployment", "other", "unknown"] as const)(
  "a finished scan, started by %s, has no problem",
  (startedBy) => {
    expect(problemOf(status("finished"), startedBy)).toBeUndefined();
  },
);

test.each<[string, ScanEnd, string, string]>([
  ["was stopped", status("stopped"), "scanStopped", "was stopped (status code 9)"],
  ["failed", status("failed"), "scanFailed", "failed (status code 9)"],
  [
    "has a code that nobody knows",
    status("unknown", 42),
    "scanStatusUnknown",
    "has status code 42 (unknown), which is not a final state that a gate knows",
  ],
  [
    "still runs",
    status("running"),
    "scanStatusUnknown",
    "has status code 9 (running), which is not a final state that a gate knows",
  ],
  [
    "still waits",
    status("queued", 0),
    "scanStatusUnknown",
    "has status code 0 (queued), which is not a final state that a gate knows",
  ],
  ["is gone", { kind: "gone" }, "scanStatusUnknown", "is not, or no longer, known to the service"],
  [
    "could not be asked for",
    { kind: "unreachable", problem: "no route" },
    "scanUnreachable",
    "could not be followed: no route",
  ],
  [
    "did not end in time",
    { kind: "timedOut", isStopped: false },
    "scanTimedOut",
    "did not end within 60 seconds (timeoutSeconds)",
  ],
  [
    "did not end in time, and was stopped",
    { kind: "timedOut", isStopped: true },
    "scanTimedOut",
    "did not end within 60 seconds (timeoutSeconds), and was stopped",
  ],
  [
    "did not end in time, and could not be stopped",
    { kind: "timedOut", isStopped: false, problem: "no route" },
    "scanTimedOut",
    "did not end within 60 seconds (timeoutSeconds), and could not be stopped: no route",
  ],
])("a scan that %s", (_what, end, reason, what) => {
  expect(problemOf(end)).toMatchObject({ reason, what });
  expect(problemOf(end, "unknown")).toMatchObject({ reason, what });
});

test.each(["stopped", "failed", "unknown"] as const)("a %s scan of somebody else has that problem first", (state) => {
  expect(problemOf(status(state), "other")).toEqual(problemOf(status(state)));
});

test.each(["queued", "running"] as const)("nobody waits for a %s scan that somebody else started", (state) => {
  expect(problemOf(status(state), "other")).toBeUndefined();
});

test.each(["queued", "running"] as const)("nobody waits for a %s scan of an earlier deployment", (state) => {
  for (const acceptJoined of [true, false]) {
    const scan = gatedScan({ end: status(state), startedBy: "earlier" });

    expect(endProblemOf(scan, { timeoutSeconds: 60, acceptJoined })).toBeUndefined();
  }
});

test.each([
  ["deployment", false, false],
  ["deployment", true, false],
  ["unknown", false, false],
  ["unknown", true, false],
  ["other", false, true],
  ["other", true, false],
  ["earlier", false, true],
  ["earlier", true, true],
] as const)("a scan started by %s, where acceptJoined is %s, is joined in vain: %s", (startedBy, accepts, expected) => {
  expect(isRefusedAsJoined(startedBy, accepts)).toBe(expected);
});

test.each<[string, ScanEnd, string]>([
  [
    "a timeout",
    { kind: "timedOut", isStopped: false },
    "run again to keep waiting for the same scan, or raise timeoutSeconds",
  ],
  [
    "a timeout that stopped the scan",
    { kind: "timedOut", isStopped: true },
    "run again, which starts a new scan, or raise timeoutSeconds",
  ],
  [
    "a timeout that could not stop the scan",
    { kind: "timedOut", isStopped: false, problem: "no route" },
    "run again to keep waiting for the same scan, or raise timeoutSeconds",
  ],
  ["a stop", status("stopped"), "run again: a Scan resource then starts a new scan"],
  ["a failure", status("failed"), "run again: a Scan resource then starts a new scan"],
  ["a scan that is gone", { kind: "gone" }, "run again: a Scan resource then starts a new scan"],
  [
    "no answer",
    { kind: "unreachable", problem: "no route" },
    "fix that and run again, which keeps waiting for the same scan",
  ],
  ["an unknown code", status("unknown"), "say in crashtest:statusCodes what the code means"],
])("%s has a way out of its own", (_what, end, way) => {
  expect(problemOf(end)?.ways).toEqual([way]);
});
