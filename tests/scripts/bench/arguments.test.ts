import { parseBenchArguments } from "../../../scripts/bench/arguments";

test("without options measures what the table of the measurements has, large sizes less often", () => {
  const { sizes, roundsOf } = parseBenchArguments([]);

  expect(sizes).toEqual([50, 200, 1000]);
  expect(sizes.map(roundsOf)).toEqual([5, 3, 1]);
});

test("takes sizes, each once and in rising order, and rounds for all of them", () => {
  const { sizes, roundsOf } = parseBenchArguments(["--sizes", "200,50,200", "--rounds", "2"]);

  expect(sizes).toEqual([50, 200]);
  expect(sizes.map(roundsOf)).toEqual([2, 2]);
});

test.each([
  [[], ["projects", "polling"]],
  [["--only", "polling"], ["polling"]],
  [["--sizes", "50", "--only", "projects"], ["projects"]],
])("with %j measures the parts %j", (args, parts) => {
  expect(parseBenchArguments(args).parts).toEqual(parts);
});

test.each([
  [["--sizes"], '"--sizes" is unknown or has no value'],
  [
    ["--size", "50"],
    '"--size" is unknown or has no value; the options are --sizes 50,200, --rounds 3, --only polling and --earlier pulumi-crashtest-0.1.0.tgz.',
  ],
  [["--sizes", "50,many"], '--sizes must be a whole number of at least 1, not "many".'],
  [["--rounds", "0"], '--rounds must be a whole number of at least 1, not "0".'],
  [["--only", "poll"], '--only must be one of projects, polling, not "poll".'],
  [["--only"], '"--only" is unknown or has no value'],
])("refuses %j", (args, expected) => {
  expect(() => parseBenchArguments(args)).toThrow(expected);
});
