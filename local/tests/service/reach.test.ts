import { decideReach, type ReachOptions } from "../../src/reach";

const LOCAL = { hasAccounts: false, hasControl: false };
const OPEN = { listen: "0.0.0.0", publicUrl: "https://scans.example.com", hasAccounts: true, hasControl: false };

test("by default it is this machine alone, by its names", () => {
  const { address, publicUrl, answersTo } = decideReach({ ...LOCAL, hasControl: true });

  expect([address, publicUrl]).toEqual(["127.0.0.1", undefined]);
  expect(["127.0.0.1", "localhost", "[::1]", "10.0.0.5", "evil.example"].map(answersTo)).toEqual([
    ...[true, true, true],
    ...[false, false],
  ]);
});

test("a public URL adds its own name, also behind a reverse proxy on this machine", () => {
  const { publicUrl, answersTo } = decideReach({ ...LOCAL, publicUrl: "https://Scans.Example.com/" });

  expect(publicUrl).toBe("https://scans.example.com");
  expect(["scans.example.com", "localhost", "example.com", "10.0.0.5"].map(answersTo)).toEqual([
    ...[true, true],
    ...[false, false],
  ]);
});

test.each(["0.0.0.0", "::", "10.0.0.5", "fd00::1"])(
  "listening on %s it answers to its name and to addresses",
  (listen) => {
    const { address, answersTo } = decideReach({ ...OPEN, listen });

    expect(address).toBe(listen);
    expect(["scans.example.com", "10.0.0.5", "[fd00::1]", "evil.example"].map(answersTo)).toEqual([
      ...[true, true, true],
      false,
    ]);
  },
);

test.each<[string, ReachOptions, RegExp]>([
  ["no keys of the operator's", { ...OPEN, hasAccounts: false }, /--accounts/],
  ["no public URL", { ...LOCAL, listen: "0.0.0.0", hasAccounts: true }, /--public-url/],
  ["a public URL without TLS", { ...OPEN, publicUrl: "http://scans.example.com" }, /must be https/],
  ["a public URL with a path", { ...OPEN, publicUrl: "https://example.com/scans" }, /without a path/],
  ["a public URL with credentials", { ...OPEN, publicUrl: "https://a:b@example.com" }, /without a path/],
  ["a public URL that is none", { ...OPEN, publicUrl: "scans.example.com" }, /must be https/],
  ["the control interface", { ...OPEN, hasControl: true }, /control interface asks for no key/],
  ["the control interface behind a proxy", { ...LOCAL, publicUrl: OPEN.publicUrl, hasControl: true }, /--control/],
  ["a name in place of an address", { ...OPEN, listen: "scans.example.com" }, /must be an IP address/],
  ["all at once", { ...LOCAL, listen: "::" }, /--accounts[^]*--public-url/],
])("%s is refused", (_name, options, reason) => {
  expect(() => decideReach(options)).toThrow(reason);
});

test.each(["127.0.0.1", "127.8.8.8", "::1"])("%s is this machine: nothing more is needed", (listen) => {
  const { address, answersTo } = decideReach({ ...LOCAL, listen });

  expect(address).toBe(listen);
  expect(answersTo(listen.includes(":") ? `[${listen}]` : listen)).toBe(true);
});
