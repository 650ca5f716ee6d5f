import { backoffMs } from "../../../page/backoff.js";
import { countsText, remarkOf } from "../../../page/scan-words.js";
import { durationText } from "../../../page/time-text.js";
import { NOTHING_FOUND, resultView, scanView } from "./views";

test.each([
  [-5, "0 s"],
  [0, "0 s"],
  [999, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min 0 s"],
  [3_599_000, "59 min 59 s"],
  [3_600_000, "1 h 0 min"],
  [90_060_000, "25 h 1 min"],
])("%i ms are %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test.each([
  [1, 0, 500],
  [1, 1, 1000],
  [2, 1, 2000],
  [5, 0.5, 12_000],
  [6, 1, 30_000],
  [400, 1, 30_000],
])("after %i failures and with %f the wait is %i ms", (failureCount, random, milliseconds) => {
  expect(backoffMs(failureCount, random)).toBe(milliseconds);
});

test("counts are told from the worst on, without those that are 0", () => {
  expect(countsText(resultView({ counts: { unknown: 1, low: 2, critical: 3 } }))).toBe("3 critical, 2 low, 1 unknown");
  expect(countsText(NOTHING_FOUND)).toBe("no findings");
});

describe("what is said of an ended scan", () => {
  test.each<[string, Parameters<typeof scanView>[0], string, string | undefined]>([
    ["nothing found by all", { result: NOTHING_FOUND }, "clean", "Nothing found: all 12 scanners ran to the end."],
    ["findings of all speak for themselves", { result: resultView({ counts: { low: 1 } }) }, "none", undefined],
    [
      "a missing scanner is not clean",
      { result: resultView({ missing: ["Port Scan"] }) },
      "warning",
      "Did not run: Port Scan",
    ],
    [
      "a broken scanner is not clean",
      { result: resultView({ broken: [{ scanner: "TLS", message: "timed out" }] }) },
      "warning",
      "TLS broke: timed out",
    ],
    ["a failed scan", { state: "failed", reason: "no memory", result: NOTHING_FOUND }, "bad", "Failed: no memory"],
    [
      "a failed scan without a reason",
      { state: "failed", result: NOTHING_FOUND },
      "bad",
      "Failed: the reason is unknown.",
    ],
    ["a stopped scan", { state: "stopped", reason: "It was.", result: NOTHING_FOUND }, "bad", "Stopped: It was."],
    ["a code that nobody knows", { state: "unknown", statusCode: 177, result: NOTHING_FOUND }, "bad", "code 177"],
    ["a scan that runs", { state: "running" }, "none", undefined],
  ])("%s", (_name, changes, tone, text) => {
    const remark = remarkOf(scanView(changes));

    expect(remark?.tone ?? "none").toBe(tone);
    const said = [remark?.text, ...(remark?.details ?? [])].join("\n");
    if (text !== undefined) expect(said).toContain(text);
    if (tone !== "clean") expect(said).not.toContain("Nothing found");
  });

  test("a scanner that broke twice counts once", () => {
    const broken = ["one", "two"].map((message) => ({ scanner: "TLS", message }));

    expect(remarkOf(scanView({ result: resultView({ broken }) }))?.text).toContain("1 scanner did not run to the end");
  });
});
