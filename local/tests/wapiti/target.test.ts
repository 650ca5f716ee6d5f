import { authorityOf, refuseTarget } from "../../src/scanners/wapiti/target";

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
    ["http://user:pass@127.0.0.1/", /holds credentials/],
  ])("refuses %s and says why", (url, reason) => {
    expect(refuseTarget(new URL(url))).toMatch(reason);
  });
});

describe("authorityOf", () => {
  it.each([
    ["http://127.0.0.1/", "127.0.0.1:80"],
    ["https://localhost/", "localhost:443"],
    ["http://[::1]:3000/x", "[::1]:3000"],
  ])("names the port of %s always", (url, authority) => {
    expect(authorityOf(new URL(url))).toBe(authority);
  });
});
