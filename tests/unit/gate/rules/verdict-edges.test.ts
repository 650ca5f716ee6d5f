import { decideVerdict } from "../../../../gate/rules/decide-verdict";
import { evidence, finding, found, gatedScan } from "./sample-evidence";

/** Half of a character that takes two units. */
const HALF = /\p{Cs}/u;

test.each(["queued", "running"] as const)("a %s scan that was joined never passes", (state) => {
  const scan = gatedScan({ startedBy: "other", end: { kind: "status", state, statusCode: 1 } });

  expect(decideVerdict({ acceptJoined: true }, evidence({ scan }))).toMatchObject({
    passed: false,
    reason: "scanStatusUnknown",
  });
});

test("that an acceptance has expired is told however long its reason is", () => {
  const accept = [{ slug: "open-door", reason: "x".repeat(1_000), expires: "2026-05-31" }];

  expect(decideVerdict({ accept }, found([finding("high")])).message).toContain("expired on 2026-05-31");
});

test("the name of a setting that is none is safe to print", () => {
  const settings = { "fail\u001B[2J\nOn": "high" } as object;

  expect(decideVerdict(settings, evidence()).message).not.toContain("\u001B");
});

test("a text is not cut in the middle of a character", () => {
  const message = `${"x".repeat(194)}🚪🚪`;

  expect(decideVerdict({}, evidence({ scannerErrors: [{ scanner: "ssl", message }] })).message).not.toMatch(HALF);
});

test("half a character of a report does not reach the message", () => {
  expect(decideVerdict({}, found([finding("high", { title: "a\uD83D b" })])).message).not.toMatch(HALF);
});

test("a rating that is no score reaches every minCvss", () => {
  const rated = finding("low", { cvss: { baseScore: NaN } });

  expect(decideVerdict({ minCvss: 7 }, found([rated])).passed).toBe(false);
});
