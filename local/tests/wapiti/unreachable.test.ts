import { isUnreachable } from "../../src/scanners/wapiti/unreachable";

describe("isUnreachable", () => {
  it.each([
    ["0.0.0.0", true],
    ["169.254.1.1", true],
    ["::", true],
    ["fe80::1", true],
    ["::ffff:169.254.169.254", true],
    ["fd00:ec2::254", true],
    ["127.0.0.1", false],
    ["::1", false],
    ["10.0.0.1", false],
    ["169.253.255.255", false],
    ["fd00::1", false],
    ["shop.example", false],
  ])("%s: %s", (address, expected) => {
    expect(isUnreachable(address)).toBe(expected);
  });
});
