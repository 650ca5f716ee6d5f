import { isUnreachable, lookUpReachable } from "../../src/scanners/wapiti/unreachable";

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

function lookUp(name: string, isAll: boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    lookUpReachable(name, { all: isAll, family: 4 }, (error, address, family) => {
      if (error === null) resolve(isAll ? address : { address, family });
      else reject(error);
    });
  });
}

describe("lookUpReachable", () => {
  it("gives the addresses of a name in either form", async () => {
    expect(await lookUp("localhost", false)).toEqual({ address: "127.0.0.1", family: 4 });
    expect(await lookUp("localhost", true)).toEqual([{ address: "127.0.0.1", family: 4 }]);
  });

  it("refuses a name that leads to where no scan goes", async () => {
    await expect(lookUp("169.254.169.254", false)).rejects.toThrow(/which is never scanned/);
    await expect(lookUp("0.0.0.0", true)).rejects.toThrow(/which is never scanned/);
  });
});
