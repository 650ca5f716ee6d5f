import type { VerdictReason } from "../../../findings/gate/verdict";
import type { LifecycleContext, Values } from "../../../provider/lifecycle/lifecycle";
import { UNKNOWN } from "../../../provider/lifecycle/unknown";
import { verdictLifecycle, type VerdictInputs } from "../../../provider/lifecycle/verdict";

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
  ["another message", { ...inputs({ verdict: { ...verdict(true), message: "other" } }) }, true],
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
  expect(verdictLifecycle.read(CONTEXT, "verdict/31", { ...inputs() })).toEqual({ id: "verdict/31", state: inputs() });
  await expect(verdictLifecycle.delete(CONTEXT, "verdict/31", inputs())).resolves.toBeUndefined();
});
