import { parseDemoArguments } from "../../../scripts/demo/arguments";

test("without options all acts are played, with whatever scanner can be had", () => {
  expect(parseDemoArguments([])).toEqual({
    expected: "opened",
    isMended: false,
    service: "crashtest",
    scanner: "auto",
  });
});

test.each(["closed", "accepted", "opened"])("--expect takes %s", (act) => {
  expect(parseDemoArguments(["--expect", act])).toMatchObject({ expected: act });
});

test("--service takes the other service", () => {
  expect(parseDemoArguments(["--service", "veracode"])).toMatchObject({ service: "veracode" });
});

test.each([
  [["--expect", "open"]],
  [["--scanner", "nmap"]],
  [["--service", "acme"]],
  [["--unknown"]],
  [["--mended", "--expect", "accepted"]],
])("refuses %j", (args) => {
  expect(() => parseDemoArguments(args)).toThrow();
});

test("--help asks for the usage", () => {
  expect(parseDemoArguments(["--help"])).toBeUndefined();
});
