import { authorityOf, isAllowed, parseAllowedTarget } from "../../src/scanners/wapiti/allowed-target";

describe("parseAllowedTarget", () => {
  it.each([
    ["shop.example", { host: "shop.example", port: undefined }],
    ["shop.example:8443", { host: "shop.example", port: 8443 }],
    ["build-server", { host: "build-server", port: undefined }],
    ["my_host.internal", { host: "my_host.internal", port: undefined }],
    ["xn--bcher-kva.example", { host: "xn--bcher-kva.example", port: undefined }],
    ["10.0.0.7:1", { host: "10.0.0.7", port: 1 }],
    ["[fd00::7]", { host: "[fd00::7]", port: undefined }],
    ["[::1]:65535", { host: "[::1]", port: 65535 }],
  ])("reads %p", (text, expected) => {
    expect(parseAllowedTarget(text)).toEqual(expected);
  });

  it.each([
    ["", /it is empty/],
    ["http://shop.example", /without http:\/\//],
    ["shop.example/path", /without a path/],
    ["shop.example shop2.example", /whitespace/],
    ["*.shop.example", /wildcards/],
    ["user@shop.example", /credentials/],
    ["shop.example?x", /not valid in a host name/],
    ["%73hop.example", /not valid in a host name/],
    ["::1", /in brackets/],
    ["fd00::7:8080", /in brackets/],
    ["Shop.example", /lower case/],
    [":8080", /the host is missing/],
    ["shop.example:", /port must be a number/],
    ["shop.example:0", /port must be a number/],
    ["shop.example:080", /port must be a number/],
    ["shop.example:65536", /port must be a number/],
    ["shop.example:http", /port must be a number/],
    ["shop.example.", /without the dot/],
    ["bücher.example", /write xn--bcher-kva\.example/],
    ["0x7f.1", /write 127\.0\.0\.1/],
    ["2130706433", /write 127\.0\.0\.1/],
    ["010.0.0.1", /write 8\.0\.0\.1/],
    ["[fd00:0:0::7]", /write \[fd00::7\]/],
    ["[::1", /neither a host name nor an address|the host is missing/],
    ["[]", /neither a host name nor an address/],
    ["256.0.0.1", /neither a host name nor an address/],
    ["0.0.0.0", /never scanned/],
    ["[::]", /never scanned/],
    ["169.254.169.254", /never scanned/],
    ["169.254.169.254:80", /never scanned/],
    ["[fe80::1]", /never scanned/],
    ["[fd00:ec2::254]", /never scanned/],
    ["[::ffff:a9fe:a9fe]", /never scanned/],
  ])("refuses %p and says what is wrong", (text, problem) => {
    expect(() => parseAllowedTarget(text)).toThrow(problem);
    expect(() => parseAllowedTarget(text)).toThrow(
      /^".*" is not a valid target to allow \(--allow-target HOST or HOST:PORT\): ./,
    );
  });
});

describe("isAllowed", () => {
  it.each([
    ["shop.example", "https://shop.example/", true],
    ["shop.example:443", "https://shop.example/", true],
    ["shop.example:80", "https://shop.example/", false],
    ["shop.example", "http://a.shop.example/", false],
    ["[::1]:8080", "http://[::1]:8080/", true],
    ["[::1]:8080", "http://[::1]:8081/", false],
  ])("%s and %s: %s", (entry, url, expected) => {
    expect(isAllowed(new URL(url), parseAllowedTarget(entry))).toBe(expected);
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
