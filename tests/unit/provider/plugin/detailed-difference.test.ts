import { UNKNOWN, type Values } from "../../../../provider/lifecycle/lifecycle";
import { detailedDifference } from "../../../../provider/plugin/detailed-difference";

interface Case {
  what: string;
  oldInputs: Values;
  state?: Values;
  news: Values;
  replaces?: string[];
  /** By path: its kind, "!" if it replaces, "*" if the program did not change it. */
  expected: Record<string, string>;
}

const CASES: Case[] = [
  { what: "equal inputs", oldInputs: { a: [1, { b: 2 }] }, news: { a: [1, { b: 2 }] }, expected: {} },
  {
    what: "changed, added and removed inputs",
    oldInputs: { a: 1, b: 2 },
    news: { a: 2, c: 3 },
    expected: { a: "update", b: "delete", c: "add" },
  },
  { what: "an unknown input", oldInputs: { a: 1 }, news: { a: UNKNOWN }, expected: { a: "update" } },
  { what: "a replacing input", oldInputs: { a: 1 }, news: { a: 2 }, replaces: ["a"], expected: { a: "update!" } },
  {
    what: "triggers, one by one",
    oldInputs: { triggers: { a: "1", "b.c": "1", '"': "1" } },
    news: { triggers: { a: "2", "b.c": "2", d: "1" } },
    expected: { "triggers.a": "update", 'triggers["b.c"]': "update", 'triggers["\\""]': "delete", "triggers.d": "add" },
  },
  { what: "triggers that are there at last", oldInputs: {}, news: { triggers: {} }, expected: { triggers: "add" } },
  {
    what: "triggers that a preview does not know",
    oldInputs: { triggers: { a: "1" } },
    news: { triggers: UNKNOWN },
    expected: { triggers: "update" },
  },
  {
    what: "what was changed at the service",
    oldInputs: { name: "shop" },
    state: { name: "store", createdAt: "2026" },
    news: { name: "shop" },
    expected: { name: "update*" },
  },
  { what: "what is no output", oldInputs: { login: {} }, state: {}, news: { login: {} }, expected: {} },
  { what: "what only messages need", oldInputs: {}, news: { projectUrn: "urn", projectOwner: {} }, expected: {} },
];

test.each(CASES)("$what", ({ oldInputs, state = {}, news, replaces = [], expected }) => {
  const found = detailedDifference(oldInputs, state, news, { changes: true, replaces });

  const marks = found.map(({ path, kind, requiresReplacement, isInputDifference }) => [
    path,
    `${kind}${requiresReplacement ? "!" : ""}${isInputDifference ? "" : "*"}`,
  ]);
  expect(Object.fromEntries(marks)).toEqual(expected);
});

test("what the lifecycle takes for unchanged has no details", () => {
  expect(detailedDifference({ whenRunning: "join" }, {}, { whenRunning: "restart" }, { changes: false })).toEqual([]);
});
