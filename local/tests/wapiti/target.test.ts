import { parseAllowedTarget } from "../../src/scanners/wapiti/allowed-target";
import { isLoopbackHost, refuseTarget } from "../../src/scanners/wapiti/target";

describe("refuseTarget", () => {
  it.each([
    ...[
      "http://127.0.0.1:8080/",
      "http://127.9.8.7/shop",
      "https://localhost:8443/",
      "http://[::1]:3000/",
      "http://2130706433/",
    ],
  ])("allows %s", (url) => {
    expect(refuseTarget(new URL(url))).toBeUndefined();
  });

  it.each([
    ["http://example.com/", /example\.com is not this machine/],
    ["http://10.0.0.1/", /not this machine/],
    ["http://0.0.0.0/", /not this machine/],
    ["http://localhost.example.com/", /not this machine/],
    ["http://127.0.0.1.example.com/", /not this machine/],
    ["http://[::ffff:10.0.0.1]/", /not this machine/],
    ["http://[::]/", /not this machine/],
    ["ftp://127.0.0.1/", /only http and https/],
    ["http://user:pass@127.0.0.1/", /contains credentials/],
  ])("refuses %s and says why", (url, reason) => {
    expect(refuseTarget(new URL(url))).toMatch(reason);
  });
});

describe("refuseTarget, where the operator allows a host", () => {
  const allowed = ["shop.example", "10.0.0.7:8080", "[fd00::7]"].map(parseAllowedTarget);

  it.each([
    "http://shop.example/",
    "https://shop.example:8443/a",
    "http://SHOP.example/",
    "http://10.0.0.7:8080/",
    "http://0xa.0.0.7:8080/",
    "http://[fd00:0::7]:3000/",
    "http://localhost/",
  ])("allows %s", (url) => {
    expect(refuseTarget(new URL(url), allowed)).toBeUndefined();
  });

  it.each([
    ["http://www.shop.example/", /www\.shop\.example is not this machine.*--allow-target www\.shop\.example\)/],
    ["http://shop.example.evil.example/", /not this machine/],
    ["http://shop.example./", /shop\.example\. is not this machine.*--allow-target shop\.example\)/],
    ["http://10.0.0.7/", /10\.0\.0\.7 is not this machine/],
    ["http://10.0.0.8:8080/", /not this machine/],
    ["http://169.254.169.254/latest/meta-data", /not this machine/],
    ["http://user:pass@shop.example/", /contains credentials/],
    ["http://shop.example@evil.example/", /evil\.example is not this machine/],
    ["ftp://shop.example/", /only http and https/],
  ])("refuses %s", (url, reason) => {
    expect(refuseTarget(new URL(url), allowed)).toMatch(reason);
  });
});

describe("isLoopbackHost", () => {
  it.each(["localhost.", "loopback", "127.1.example", "[::ffff:7f00:1]", "[::2]", "128.0.0.1"])(
    "does not take %s for this machine",
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});
