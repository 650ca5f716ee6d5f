import { parseTestArguments, TEST_PROJECTS } from "../../../scripts/test/arguments";

describe("parseTestArguments", () => {
  test.each([
    [[], TEST_PROJECTS, [], true],
    [["--only", "contract,unit"], ["unit", "contract"], [], false],
    [["--only=engine", "-t", "destroy"], ["engine"], ["-t", "destroy"], false],
    [["-t", "destroy", "--only", "engine"], ["engine"], ["-t", "destroy"], false],
    [["tests/unit/a.test.ts"], TEST_PROJECTS, ["tests/unit/a.test.ts"], false],
    [["--only", TEST_PROJECTS.join(",")], TEST_PROJECTS, [], true],
  ])("reads %j", (args, projects, forJest, isWholeRun) => {
    expect(parseTestArguments(args)).toEqual({ projects, forJest, isWholeRun });
  });

  test.each([
    [["--results", "run.json"], true, []],
    [["--results=run.json", "-t", "destroy"], false, ["-t", "destroy"]],
    [["--only", "unit", "--results", "run.json"], false, []],
  ])("reads %j, of which the file for results leaves nothing out", (args, isWholeRun, forJest) => {
    expect(parseTestArguments(args)).toMatchObject({ resultsFile: "run.json", isWholeRun, forJest });
  });

  test("refuses --results without a file", () => {
    expect(() => parseTestArguments(["--results"])).toThrow("--results needs the path of a file");
  });

  test.each([[["--only"]], [["--only", "unit,units"]], [["--only="]]])("refuses %j and names the projects", (args) => {
    expect(() => parseTestArguments(args)).toThrow(
      "--only must be a list of unit,contract,local,browser,scripts,package,engine",
    );
  });
});
