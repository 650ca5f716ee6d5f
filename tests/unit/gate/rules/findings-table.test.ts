import type { Finding } from "../../../../findings/finding";
import { examine } from "../../../../gate/rules/decide-verdict";
import type { FindingsQuestion } from "../../../../gate/rules/findings-question";
import { findingsTable } from "../../../../gate/rules/findings-table";
import type { GateSettings } from "../../../../gate/rules/settings";
import { finding, findingsOf, found } from "./sample-evidence";

const questionOf = (findings: readonly Finding[], settings: GateSettings = {}): FindingsQuestion => {
  const examined = examine(settings, found(findings));
  if ("verdict" in examined) throw new Error(examined.verdict.message);
  return examined.question;
};

/** Without the engine's colours. */
const plain = (table: string | undefined): string[] => (table ?? "").replace(/<\{%[^%]*%\}>/g, "").split("\n");

const fingerprints = (question: FindingsQuestion): string[] => question.counted.map(({ fingerprint }) => fingerprint);

test("nothing found is no table", () => {
  expect(findingsTable(questionOf([]), undefined)).toBeUndefined();
});

test("the worst stand first, in columns, without a mark where there is no baseline", () => {
  const table = findingsTable(questionOf([finding("low"), finding("unknown"), finding("critical")]), undefined);

  expect(plain(table)).toEqual([
    " severity   score   finding           where",
    " critical   9.8     Open door (xss)   GET /items, parameter q",
    " low        3.1     Open door (xss)   GET /items, parameter q",
    " unknown            Open door (xss)   GET /items, parameter q",
  ]);
});

test("new ones are marked and stand first, fixed ones are counted", () => {
  const question = questionOf([...findingsOf("critical", 1), ...findingsOf("low", 1)], { baseline: "firstScan" });
  const [critical = ""] = fingerprints(question);

  const lines = plain(findingsTable(question, [critical, "gone", "gone too"]));

  expect(lines).toEqual([
    "       severity   score   finding           where",
    " new   low        3.1     Open door (xss)   GET /low/0",
    "       critical   9.8     Open door (xss)   GET /critical/0",
    "1 new, 1 old, 2 fixed (no longer found)",
  ]);
});

test("where all is fixed, only that is said", () => {
  expect(findingsTable(questionOf([], { baseline: "lastPassed" }), ["gone"])).toBe(
    "0 new, 0 old, 1 fixed (no longer found)",
  );
});

test.each([
  [20, 21],
  [21, 22],
  [500, 22],
])("of %i findings at most 20 are shown, and how to get the rest", (count, lineCount) => {
  const lines = plain(findingsTable(questionOf(findingsOf("high", count)), undefined));

  expect(lines).toHaveLength(lineCount);
  expect(lines.filter((line) => line.includes("Open door"))).toHaveLength(20);
  expect(lines.at(-1)?.startsWith("...") ?? false).toBe(count > 20);
  if (count > 20) {
    expect(lines.at(-1)).toBe(
      `... and ${count - 20} more: npx pulumi-crashtest report --project 7 --scan 31 --format html --output report.html`,
    );
  }
});

test("the severity has the engine's colour, and nothing else has", () => {
  const table = findingsTable(questionOf([finding("high", { title: "high <{%fg 77%}> tide" })]), undefined);

  expect(table?.match(/<\{%[^%]*%\}>/g)).toEqual(["<{%fg 1%}>", "<{%reset%}>"]);
  expect(table).toMatch(/<\{%fg 1%\}>high<\{%reset%\}> +8\.8 +high \uFFFD\{%fg 77%\}> tide/);
});

test.each([
  ["an escape", "\u001B[2J"],
  ["a carriage return", "\r"],
  ["a bell", "\u0007"],
  ["a line end", "\n"],
  ["a bidirectional mark", "\u202E"],
  ["a colour of the engine that it does not know", "<{%x%}>"],
])("%s in a finding stays harmless", (_what, text) => {
  const where = { method: "GET", path: `/${text}`, parameter: text };
  const table = findingsTable(questionOf([finding("low", { title: `a${text}b`, scanner: text, where })]), undefined);

  expect(table).not.toContain(`a${text}`);
  expect(plain(table)).toHaveLength(2);
});

test("wide characters keep the columns, and long texts are cut", () => {
  const wide = finding("low", { title: "門が開いている" });
  const long = finding("info", { title: "x".repeat(100) });

  const [, first = "", second = ""] = plain(findingsTable(questionOf([wide, long]), undefined));

  expect(second).toContain(`${"x".repeat(41)}...`);
  expect(first.indexOf("GET") + "門が開いている".length).toBe(second.indexOf("GET"));
});

test("credentials in what a table shows are masked", () => {
  const leaky = finding("low", { title: undefined, slug: "", information: "Cookie: session=s3cr3t" } as object);

  expect(findingsTable(questionOf([leaky]), undefined)).not.toContain("s3cr3t");
});
