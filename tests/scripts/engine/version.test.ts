import { isNewEnough, parseVersion } from "../../../scripts/engine/version";

describe("parseVersion", () => {
  test.each([
    ["v3.259.0", "3.259.0"],
    ["3.259.0\n", "3.259.0"],
    ["v3.260.0-alpha.1+abc.dirty", "3.260.0-alpha.1"],
    ["3.259", undefined],
    ["command not found", undefined],
    ["", undefined],
  ])("reads %j as %j", (text, expected) => {
    expect(parseVersion(text)).toBe(expected);
  });
});

describe("isNewEnough", () => {
  test.each([
    ["3.217.0", true],
    ["3.217.1", true],
    ["3.216.9", false],
    ["3.218.0", true],
    ["3.1000.0", true],
    ["3.99.0", false],
    ["2.999.0", false],
    ["4.0.0", false],
    ["3.217.0-alpha.1", false],
    ["3.218.0-alpha.1", true],
  ])("says of %s: %s", (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });

  test("compares the patch number and refuses a pre-release of the minimum itself", () => {
    expect(isNewEnough("3.217.2", "3.217.3")).toBe(false);
    expect(isNewEnough("3.217.3-rc.1", "3.217.3")).toBe(false);
    expect(isNewEnough("3.217.3", "3.217.3")).toBe(true);
  });
});
