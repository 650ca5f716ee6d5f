import type { Finding } from "../../../../findings";
import { examine } from "../../../../gate/rules/decide-verdict";
import { questionText } from "../../../../gate/rules/findings-question";
import type { VerdictReason } from "../../../../gate/rules/verdict";
import { type LifecycleContext, UNKNOWN, type Values } from "../../../../provider/lifecycle/lifecycle";
import { verdictLifecycle, type VerdictInputs } from "../../../../gate/child/verdict";
import { findingsOf, found, gatedScan } from "../rules/sample-evidence";

/** A verdict asks the service for nothing. */
const CONTEXT = {} as LifecycleContext;
const MESSAGE = "gate closed (findings): scan 31 has too many findings: 1 high (failOn: high).";

const verdict = (passed: boolean, reason: VerdictReason = passed ? "passed" : "findings") => ({
  passed,
  reason,
  message: MESSAGE,
  scanId: "31",
  missingScanners: ["ssl"],
});
const inputs = (fields: Partial<VerdictInputs> = {}): VerdictInputs => ({
  verdict: verdict(true),
  advisory: false,
  ...fields,
});

const reasonsOf = (news: Values): string[] => {
  const { failures } = verdictLifecycle.check(CONTEXT, {}, news);
  expect(failures.every(({ property }) => property === "")).toBe(true);
  return failures.map(({ reason }) => reason);
};

test.each<[string, Values, string[]]>([
  ["an open gate", { ...inputs() }, []],
  ["an open advisory gate", { ...inputs({ advisory: true }) }, []],
  ["a closed gate", { ...inputs({ verdict: verdict(false) }) }, [MESSAGE]],
  ["a closed advisory gate", { ...inputs({ verdict: verdict(false), advisory: true }) }, []],
  ["a closed gate whose advisory is not known", { verdict: verdict(false), advisory: UNKNOWN }, [MESSAGE]],
  ["a closed gate whose advisory is a text", { verdict: verdict(false), advisory: "true" }, [MESSAGE]],
  [
    "an advisory gate with settings that cannot be used",
    { ...inputs({ verdict: verdict(false, "invalidSettings"), advisory: true }) },
    [MESSAGE],
  ],
  ["a verdict that a preview does not know", { verdict: UNKNOWN, advisory: UNKNOWN }, []],
])("%s fails with %j", (_what, news, expected) => {
  expect(reasonsOf(news)).toEqual(expected);
});

test.each<[string, unknown]>([
  ["absent", undefined],
  ["null", null],
  ["a text", "passed"],
  ["true", true],
  ["empty", {}],
  ["without passed", { reason: "passed", message: "" }],
  ["passed by a text", { ...verdict(true), passed: "true" }],
  ["passed as nobody knows yet", { ...verdict(true), passed: UNKNOWN }],
  ["without a reason", { ...verdict(true), reason: undefined }],
  ["without a message", { ...verdict(true), message: 7 }],
])("a verdict that is %s closes", (_what, given) => {
  for (const advisory of [true, false]) {
    expect(reasonsOf({ verdict: given, advisory })).toEqual(["gate closed: there is no verdict"]);
  }
});

test("check leaves the inputs as they are", () => {
  const news = { ...inputs() };

  expect(verdictLifecycle.check(CONTEXT, {}, news).inputs).toEqual(news);
});

test.each<[string, Values, boolean]>([
  ["the same again", { ...inputs() }, false],
  ["more in a list", { ...inputs({ verdict: { ...verdict(true), missingScanners: ["ssl", "xss"] } }) }, true],
  ["less in a list", { ...inputs({ verdict: { ...verdict(true), missingScanners: [] } }) }, true],
  ["the same in other words", { ...inputs({ verdict: { ...verdict(true), message: "other" } }) }, false],
  ["another scan", { ...inputs({ verdict: { ...verdict(true), scanId: "32" } }) }, true],
  [
    "counts that were not there",
    {
      ...inputs({
        verdict: { ...verdict(true), findingCounts: { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 } },
      }),
    },
    true,
  ],
  [
    "an absent part that is undefined",
    { verdict: { ...verdict(true), findingCounts: undefined }, advisory: false },
    false,
  ],
  ["another advisory", { ...inputs({ advisory: true }) }, true],
  ["what is not known yet", { verdict: UNKNOWN, advisory: false }, true],
  ["something that is no input", { ...inputs(), other: 1 }, false],
])("%s is a change: %s", async (_what, news, changes) => {
  const difference = await verdictLifecycle.diff(CONTEXT, "verdict/31", inputs(), news);

  expect(difference).toEqual({ changes });
});

test("the ID names the scan, and the state is what was decided", async () => {
  const given = inputs();

  expect(await verdictLifecycle.create(CONTEXT, given)).toEqual({ id: "verdict/31", state: given });
});

test("an update replaces the state, a read leaves it, and a delete asks nothing", async () => {
  const news = inputs({ advisory: true });

  expect(await verdictLifecycle.update(CONTEXT, "verdict/31", inputs(), news)).toEqual(news);
  expect(await verdictLifecycle.read(CONTEXT, "verdict/31", { ...inputs() })).toEqual({
    id: "verdict/31",
    state: inputs(),
  });
  await expect(verdictLifecycle.delete(CONTEXT, "verdict/31", inputs())).resolves.toBeUndefined();
});

describe("a gate that counts new findings only", () => {
  const high = findingsOf("high", 2);
  const ask = (findings: readonly Finding[], scanId = "1"): string => {
    const examined = examine({ baseline: "firstScan" }, found(findings, { scan: gatedScan({ scanId }) }));
    if ("verdict" in examined) throw new Error(examined.verdict.message);
    return questionText(examined.question, (text) => text);
  };
  const check = (olds: Values, news: Values) => verdictLifecycle.check(CONTEXT, olds, news);
  const first = (): Values =>
    check({}, { question: ask(high.slice(0, 1)), keepsBaseline: true, advisory: false }).inputs;

  test("keeps verdict and baseline in the state, and nothing else of what it was handed", () => {
    expect(first()).toEqual({
      advisory: false,
      verdict: expect.objectContaining({ passed: true, scanId: "1" }) as object,
      baseline: {
        scan: "7/1",
        question: expect.any(String) as string,
        comparedWith: null,
        next: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      },
    });
  });

  test("is closed by a new finding, with the findings as a table, and is open without", () => {
    const news = (findings: readonly Finding[]): Values => ({ question: ask(findings, "2"), advisory: false });

    const { failures } = check(first(), news(high));

    expect(failures).toHaveLength(1);
    expect(failures[0]?.property).toBe("");
    expect(failures[0]?.reason).toMatch(/^gate closed \(findings\): scan 2 has too many new findings: 1 high/);
    expect(failures[0]?.reason).toContain("1 new, 1 old, 0 fixed");
    expect(check(first(), news(high.slice(0, 1))).failures).toEqual([]);
  });

  test("asked the same again it has no change", async () => {
    const inputs = first();
    const again = check(inputs, { question: ask(high.slice(0, 1)), keepsBaseline: true, advisory: false }).inputs;

    expect(again).toEqual(inputs);
    expect(await verdictLifecycle.diff(CONTEXT, "id", inputs as never, again)).toEqual({ changes: false });
  });

  test("asked the same in other words it has no change", async () => {
    const inputs = first();
    const text = ask(high.slice(0, 1))
      .replaceAll("Open door", "A door that is open")
      .replace('"warnings":[]', '"warnings":["new"]');
    const again = check(inputs, { question: text, keepsBaseline: true, advisory: false }).inputs;

    expect(text).not.toBe(ask(high.slice(0, 1)));
    expect(await verdictLifecycle.diff(CONTEXT, "id", inputs as never, again)).toEqual({ changes: false });
  });

  test("another baseline is a change", async () => {
    const inputs = first();
    const other = { ...inputs, baseline: { ...(inputs["baseline"] as object), next: "" } };

    expect(await verdictLifecycle.diff(CONTEXT, "id", inputs as never, other)).toEqual({ changes: true });
  });

  test("keeps its baseline over a scan that closes an advisory gate early", () => {
    const inputs = first();
    const news = { verdict: verdict(false, "scanFailed"), keepsBaseline: true, advisory: true };

    expect(check(inputs, news)).toEqual({
      inputs: { verdict: verdict(false, "scanFailed"), advisory: true, baseline: inputs["baseline"] },
      failures: [],
    });
  });

  test("forgets it where the gate counts all again", () => {
    expect(check(first(), { ...inputs() }).inputs).toEqual(inputs());
  });

  test.each(["question", "keepsBaseline", "verdict"])(
    "waits where a preview does not know %s, and does not know its baseline either",
    (name) => {
      const known = first();
      const news = { question: ask(high), keepsBaseline: true, advisory: false, [name]: UNKNOWN };

      expect(check(known, news)).toEqual({
        inputs: { advisory: false, verdict: UNKNOWN, baseline: UNKNOWN },
        failures: [],
      });
    },
  );

  test.each<[string, unknown]>([
    ["a text", "firstScan"],
    ["null", null],
    ["half a record", { scan: "7/1" }],
  ])("a baseline in the state that is %s closes it: it is not begun anew", (_what, baseline) => {
    const { failures } = check({ baseline }, { question: ask([]), keepsBaseline: true, advisory: true });

    expect(failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(/^gate closed: the baseline in the state cannot be read/) as string,
      },
    ]);
  });

  test("a question that is none is an error", () => {
    expect(() => check({}, { question: "{}", keepsBaseline: true, advisory: true })).toThrow();
  });
});
