import { ModuleAnswers, troubleOfAnswers } from "../../src/scanners/wapiti/answer-statuses";

describe("troubleOfAnswers", () => {
  it.each<[[number, number][], string]>([
    [[[429, 1]], "429 to 1 of the module's 1 requests"],
    [
      [
        [200, 4],
        [429, 40],
      ],
      "429 to 40 of the module's 44 requests",
    ],
    [
      [
        [503, 2],
        [200, 3],
        [429, 2],
      ],
      "429 or 503 to 4 of the module's 7 requests",
    ],
  ])("%j: %s", (counts, trouble) => {
    expect(troubleOfAnswers(new Map(counts))).toBe(`the target answered ${trouble}`);
  });

  it.each<[[number, number][]]>([
    [[]],
    [[[200, 9]]],
    [[[404, 9]]],
    [[[403, 9]]],
    [
      [
        [200, 5],
        [500, 5],
      ],
    ],
  ])("%j: no trouble", (counts) => {
    expect(troubleOfAnswers(new Map(counts))).toBeUndefined();
  });
});

describe("ModuleAnswers", () => {
  it("counts for each module by itself", () => {
    const answers = new ModuleAnswers();
    for (const status of [200, 429, 429]) answers.add("sql", status);
    answers.add("xss", 200);

    expect([...answers.of("sql")]).toEqual([
      [200, 1],
      [429, 2],
    ]);
    expect([...answers.of("csp")]).toEqual([]);
  });
});
