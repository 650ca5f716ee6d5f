import type { LookupAddress } from "node:dns";
import { networkInterfaces } from "node:os";
import { locate, lookUpIn, ownAddresses } from "../../src/scanners/wapiti/addresses";

const address = (text: string): LookupAddress => ({ address: text, family: text.includes(":") ? 6 : 4 });
const OWN = ownAddresses({
  eth0: ["10.0.0.5", "fd00::5"].map((text) => {
    const isV6 = text.includes(":");
    const fields = { address: text, netmask: "", mac: "", internal: false, cidr: null };
    return isV6 ? { ...fields, family: "IPv6", scopeid: 0 } : { ...fields, family: "IPv4" };
  }),
});

const find = (url: string, ...found: string[]): ReturnType<typeof locate> =>
  locate(new URL(url), () => Promise.resolve(found.map(address)), OWN);

describe("locate", () => {
  it.each<[string, string[], string[]]>([
    ["http://shop.test/", ["192.0.2.1", "2001:db8::1"], ["192.0.2.1", "2001:db8::1"]],
    ["http://shop.test/", ["10.0.0.6"], ["10.0.0.6"]],
    ["https://localhost/", ["::1", "127.0.0.1"], ["::1", "127.0.0.1"]],
    ["http://127.0.0.1:8080/", [], ["127.0.0.1"]],
    ["http://127.9.8.7/", [], ["127.9.8.7"]],
    ["http://[::1]/", [], ["::1"]],
    ["http://10.0.0.5/", [], ["10.0.0.5"]],
    ["http://[fd00::5]/", [], ["fd00::5"]],
  ])("%s, where its name leads to %j, is at %j", async (url, found, addresses) => {
    expect(await find(url, ...found)).toEqual({ addresses: addresses.map(address) });
  });

  it.each<[string, string[], RegExp]>([
    ["http://evil.test/", ["127.0.0.1"], /^evil\.test resolves to this machine, which is only scanned by address/],
    ["http://evil.test/", ["192.0.2.1", "127.8.8.8"], /resolves to this machine/],
    ["http://evil.test/", ["::1"], /resolves to this machine/],
    ["http://evil.test/", ["::ffff:127.0.0.1"], /resolves to this machine/],
    ["http://evil.test/", ["10.0.0.5"], /resolves to this machine/],
    ["http://evil.test/", ["fd00::5"], /resolves to this machine/],
    ["http://evil.test/", ["169.254.169.254"], /resolves to 169\.254\.169\.254, which is never scanned/],
    ["http://evil.test/", ["0.0.0.0"], /never scanned/],
    ["http://localhost/", ["192.0.2.1"], /localhost does not resolve to this machine/],
    ["http://169.254.169.254/", [], /^169\.254\.169\.254 is never scanned/],
  ])("%s, where its name leads to %j, is forbidden", async (url, found, problem) => {
    expect(await find(url, ...found)).toEqual({ problem: expect.stringMatching(problem) as string, isForbidden: true });
  });

  it("says where a name leads nowhere", async () => {
    const nowhere = { problem: "the name shop.test cannot be resolved", isForbidden: false };

    expect(await find("http://shop.test/")).toEqual(nowhere);
    expect(await locate(new URL("http://shop.test/"), () => Promise.reject(new Error("ENOTFOUND")), OWN)).toEqual(
      nowhere,
    );
  });
});

test("the addresses of this machine are those of its interfaces", () => {
  const own = ownAddresses();

  for (const { address: text, family } of Object.values(networkInterfaces()).flatMap((list) => list ?? [])) {
    expect(own.check(text, family === "IPv6" ? "ipv6" : "ipv4")).toBe(true);
  }
});

describe("lookUpIn", () => {
  const found = ["192.0.2.1", "192.0.2.2"].map(address);

  it.each([
    [true, found, [null, found]],
    [false, found, [null, "192.0.2.1", 4]],
    [true, [], [expect.any(Error), ""]],
  ])("answers with the addresses and nothing else, all: %p", (all, addresses, answer) => {
    const told: unknown[] = [];
    lookUpIn(addresses)("elsewhere.test", { all }, (...parts) => told.push(...parts));

    expect(told).toEqual(answer);
  });
});
