import type { Finding } from "pulumi-crashtest/findings";
import { CASES, HOLES, mendOf } from "../../../scripts/holes/holes";
import { judgeHoles, problemsOf, type ShopScan } from "../../../scripts/holes/judgement";
import { startOptionsOf } from "../../../scripts/holes/shop";
import { findingOf, holeNamed, scansAsExpected, scansWith } from "./sample-scans";

const FIXED = "none: all fixed";
const problems = (scans: readonly ShopScan[]): string[] => problemsOf(scans, judgeHoles(scans));

test("all holes, each alone, and none are scanned", () => {
  expect(CASES.map(mendOf)).toEqual([
    "none",
    "none",
    "sql,path,csp,account,api",
    "xss,path,csp,account,api",
    "xss,sql,csp,account,api",
    "xss,sql,path,account,api",
    "xss,sql,path,csp,api",
    "xss,sql,path,csp,account",
    "xss,sql,path,csp,account,api",
  ]);
});

test("the shop knows the same holes", () => {
  const shop = jest.requireActual<{ HOLES: readonly string[] }>("../../../examples/vulnerable-shop/shop/holes.js");

  expect(HOLES.map(({ name }) => name)).toEqual(shop.HOLES);
});

test("each hole found where it is and gone where it is mended is no problem", () => {
  expect(problems(scansAsExpected())).toEqual([]);
  expect(judgeHoles(scansAsExpected()).map(({ found }) => found?.slug)).toEqual(HOLES.map(({ slug }) => slug));
});

const none = (): Finding[] => [];
const elsewhere = (path: string, parameter: string) => (): Finding[] => [
  findingOf(holeNamed("sql"), { where: { method: "GET", url: `http://127.0.0.1:1${path}`, parameter } }),
];

test.each([
  ["is not found", none],
  ["is found at another path", elsewhere("/search", "id")],
  ["is found in another parameter", elsewhere("/article", "q")],
  ["is found as something else", (): Finding[] => [findingOf(holeNamed("sql"), { slug: "xss" })]],
])("a hole that %s is missed", (_what, change) => {
  const scans = scansWith("only `sql`", change);

  expect(problems(scans)).toEqual(["sql is open but was not found (shop with only `sql`)"]);
  expect(judgeHoles(scans).find(({ hole }) => hole.name === "sql")?.found).toBeUndefined();
});

test("a hole that is found once mended is a problem, in whatever parameter", () => {
  const where = { method: "GET", url: "http://127.0.0.1:1/search", parameter: "other" };
  const scans = scansWith("only `csp`", (findings) => [...findings, findingOf(holeNamed("xss"), { where })]);

  expect(problems(scans)).toEqual(["xss is fixed but was still found (shop with only `csp`)"]);
});

test.each(["critical", "high", "medium", "unknown"] as const)(
  "anything else of severity %s in the mended shop is a problem",
  (severity) => {
    const scans = scansWith(FIXED, () => [findingOf(holeNamed("xss"), { slug: "x", title: "Open door", severity })]);

    expect(problems(scans)).toEqual([`the fixed shop has a finding of severity ${severity}: Open door`]);
  },
);

test("what closes no gate is let pass in the mended shop", () => {
  expect(problems(scansWith(FIXED, () => [findingOf(holeNamed("xss"), { slug: "x", severity: "low" })]))).toEqual([]);
});

test("a hole that needs login or document is found with them only", () => {
  const title = "all holes, scanned without login and document";
  const found = judgeHoles(scansAsExpected()).map(({ hole, isFoundWithout }) => [hole.needs, isFoundWithout]);
  const scans = scansWith(title, (findings) => [...findings, findingOf(holeNamed("api"))]);

  expect(found).toEqual(HOLES.map(({ needs }) => [needs, needs === undefined]));
  expect(problems(scans)).toEqual(["api was found without the document"]);
  expect(problems(scansWith(title, none))).toContain(`xss is open but was not found (shop with ${title})`);
});

test("the test user is the one of the shop", () => {
  const { TEST_USER } = jest.requireActual<{ TEST_USER: object }>("../../../examples/vulnerable-shop/shop/sessions.js");

  expect(startOptionsOf({ url: "http://127.0.0.1:1/", stop: () => Promise.resolve() }).login?.form?.[0]).toEqual({
    url: "http://127.0.0.1:1/login",
    ...TEST_USER,
  });
});

test("a hole that no shop had is a problem, not a success", () => {
  expect(problemsOf([], judgeHoles([]))).toEqual(HOLES.map(({ name }) => `${name} was open in no shop`));
});
