import { coverageText, untestedText } from "../../src/reports/coverage-text";

test("the coverage says how many operations were tested, where there is a specification", () => {
  const reached = { pages: 4, forms: 1, parameters: 0 };
  expect(coverageText(reached)).toBe("4 pages, 1 form, 0 parameters");
  expect(coverageText({ ...reached, operations: { tested: 3, specified: 4 } })).toBe(
    "4 pages, 1 form, 0 parameters, operations 3 of 4 tested",
  );
});

test("at most 20 operations that were not tested are named", () => {
  const names = Array.from({ length: 23 }, (_none, index) => `GET /${index}`);

  expect([untestedText(), untestedText([]), untestedText(["GET /a", "PUT /b"])]).toEqual([
    undefined,
    undefined,
    "GET /a, PUT /b",
  ]);
  expect(untestedText(names.slice(0, 20))).toMatch(/, GET \/19$/);
  expect(untestedText(names)).toMatch(/, GET \/19 and 3 more$/);
});
