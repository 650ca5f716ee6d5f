import { decideVerdict, examine } from "../../../../gate/rules/decide-verdict";
import { answerQuestion } from "../../../../gate/rules/findings-question";
import type { MinCoverage } from "../../../../gate/rules/settings";
import type { ScanCoverage } from "../../../../service/scan-status";
import { evidence, finding, found, gatedScan } from "./sample-evidence";

const FINISHED = { kind: "status", state: "finished", statusCode: 3 } as const;
const withCoverage = (coverage: ScanCoverage | undefined) => gatedScan({ end: { ...FINISHED, coverage } });
const seen = (pages: number, operations?: { tested: number; specified: number }): ScanCoverage => ({
  pages,
  forms: 2,
  parameters: 3,
  ...(operations && { operations }),
});

test.each<[MinCoverage, ScanCoverage | undefined, string | undefined]>([
  [{ pages: 3 }, seen(3), undefined],
  [{ pages: 3 }, seen(2), "2 pages of at least 3"],
  [{ pages: 3 }, undefined, "the service says nothing of pages"],
  [{ operations: 2 }, seen(1, { tested: 2, specified: 9 }), undefined],
  [{ operations: 2 }, seen(9, { tested: 1, specified: 9 }), "1 operation of at least 2"],
  [{ operations: 2 }, seen(9), "the service says nothing of operations"],
  [
    { pages: 2, operations: 2 },
    seen(1, { tested: 0, specified: 9 }),
    "1 page of at least 2, 0 operations of at least 2",
  ],
])("%j with %j", (minCoverage, coverage, gap) => {
  const { passed, reason, message } = decideVerdict({ minCoverage }, evidence({ scan: withCoverage(coverage) }));

  expect({ passed, reason }).toEqual(
    gap === undefined ? { passed: true, reason: "passed" } : { passed: false, reason: "coverage" },
  );
  if (gap !== undefined) expect(message).toContain(`scan 31 covered too little of its target: ${gap} (minCoverage)`);
});

test("the message says what was covered and found, and what to do", () => {
  const scan = withCoverage(seen(1, { tested: 1, specified: 4 }));

  const { message } = decideVerdict({ minCoverage: { pages: 5, operations: 4 } }, found([finding("low")], { scan }));

  expect(message.split("\n")).toEqual([
    "gate closed (coverage): scan 31 covered too little of its target: 1 page of at least 5, 1 operation of at least 4 " +
      "(minCoverage); covered: 1 page, 2 forms, 3 parameters, 1 of 4 operations.",
    "  found: 0 critical, 0 high, 0 medium, 1 low, 0 info, 0 unknown",
    expect.stringContaining("low 3.1") as string,
    expect.stringContaining("finding: ") as string,
    "What to do:",
    "- see the report: npx pulumi-crashtest report --project 7 --scan 31 --format pdf --output report.pdf",
    "- check the project's url, and the scan's login, without which pages may be hidden; or lower minCoverage.pages",
    "- check whether the scan's apiSpecification fits the deployed API, and its login; or lower minCoverage.operations",
    expect.stringContaining("- scan again: ") as string,
  ]);
});

test("where the service says nothing, the message does not ask to scan more", () => {
  const { message } = decideVerdict({ minCoverage: { pages: 5, operations: 4 } }, evidence());

  expect(message).toContain(
    "- remove minCoverage.pages: at least 5 pages cannot be required of a service that does not count them",
  );
  expect(message).toContain("- give the scan an apiSpecification, or remove minCoverage.operations: ");
});

describe("the login", () => {
  const NOTE = "the login was not confirmed";

  test.each<[string, { hasLogin?: true }, { isLoginConfirmed?: true }, boolean]>([
    ["no login", {}, {}, false],
    ["a login of which the service says nothing", { hasLogin: true }, {}, true],
    ["a login that the service confirms", { hasLogin: true }, { isLoginConfirmed: true }, false],
  ])("%s", (_what, login, status, isNoted) => {
    const scan = gatedScan({ ...login, end: { ...FINISHED, ...status } });

    const open = decideVerdict({}, evidence({ scan }));
    const closed = decideVerdict({}, found([finding("high")], { scan }));
    const broken = decideVerdict({}, found([], { scan, scannerErrors: [{ scanner: "ssl", message: "broke" }] }));

    expect(open.passed).toBe(true);
    for (const { message } of [open, closed, broken]) expect(message.split("\n")[0]?.includes(NOTE)).toBe(isNoted);
  });

  test("is in the question that the state answers, and else nothing is", () => {
    const questionOf = (hasLogin?: true) => {
      const examined = examine({ baseline: "lastPassed" }, evidence({ scan: gatedScan({ hasLogin }) }));
      if ("verdict" in examined) throw new Error(examined.verdict.message);
      return examined.question;
    };

    expect(questionOf()).not.toHaveProperty("isLoginUnconfirmed");
    expect(answerQuestion(questionOf(true), []).message).toContain(NOTE);
  });
});
