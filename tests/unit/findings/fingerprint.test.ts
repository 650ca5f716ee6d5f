import fc from "fast-check";
import type { Finding } from "../../../findings/finding";
import { fingerprintOf } from "../../../findings/fingerprint";
import type { FindingLocation } from "../../../findings/location";

const finding = (fields: Partial<Finding> = {}): Finding => ({
  scanner: "xss",
  slug: "open-door",
  severity: "high",
  information: "",
  where: { method: "GET", path: "/a", parameter: "q" },
  references: {},
  cves: [],
  additional: {},
  ...fields,
});

// Both were made with `printf` and `sha256sum`. They stand in users' files: if this fails, the code is wrong, not the test.
test("a fingerprint never changes", () => {
  expect(fingerprintOf(finding())).toBe("f9ab863ec3c2d5dc74df1e7c834b90be505447274fca46e3a41ff997727156cc");
  const cookie = finding({
    ...{ scanner: "ssl", slug: "ssl-cookie-secure", where: { host: "shop.example", path: "/" } },
    information: "The cookie with the name SID does not have the flag. This was found on URL https://shop.example/.",
  });
  expect(fingerprintOf(cookie)).toBe("887ae5ab46ce77d58dbb822eb244f094f593fd1e2d47eccb9570e5b8e08d55cc");
});

test.each<[string, Partial<Finding>]>([
  ["severity", { severity: "low" }],
  ["text", { information: "Another text." }],
  ["title", { title: "Another title" }],
  ["time", { createdAt: "2026-01-02T03:04:05Z" }],
  [
    "host",
    { where: { host: "other.example", url: "http://other.example/a", method: "GET", path: "/a", parameter: "q" } },
  ],
  ["query", { where: { url: "https://shop.example/a?b=c", method: "GET", path: "/a", parameter: "q" } }],
])("%s is no part of the fingerprint of a finding whose place is known", (_part, fields) => {
  expect(fingerprintOf(finding(fields))).toBe(fingerprintOf(finding()));
});

test.each<[string, FindingLocation]>([
  ["method", { path: "/a", parameter: "q" }],
  ["path", { method: "GET", parameter: "q" }],
  ["parameter", { method: "GET", path: "/a" }],
  ["place", {}],
])("the text tells two findings apart where the %s is missing", (_part, where) => {
  const fingerprints = ["SID", "PREFS"].map((name) =>
    fingerprintOf(finding({ where, information: `The cookie ${name}` })),
  );

  expect(new Set(fingerprints).size).toBe(2);
});

test("no part imitates another, and a missing one is not an empty one", () => {
  const alike = [
    finding({ scanner: "a", slug: "bc" }),
    finding({ scanner: "ab", slug: "c" }),
    finding({ scanner: 'a","b', slug: "c" }),
    finding({ where: { method: "GET", path: "/a" } }),
    finding({ where: { method: "GET", parameter: "/a" } }),
    finding({ where: { method: "GET", path: "/a", parameter: "" } }),
    finding({ where: { path: "/a", parameter: "" }, information: "GET" }),
    finding({ where: { path: "/a", parameter: "GET" } }),
    finding({ scanner: "\ud800" }),
    finding({ scanner: "\ud801" }),
    finding({ scanner: "\ufffd" }),
  ];

  expect(new Set(alike.map(fingerprintOf)).size).toBe(alike.length);
});

const text = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.constantFrom("", "xss", "GET", "/a", "q"));
const place = fc.record({ method: text, path: text, parameter: text, host: text }, { requiredKeys: [] });
const anyFinding = fc
  .record({ scanner: text, slug: text, information: text, where: place })
  .map((fields) => finding(fields));

test("any finding has a fingerprint of 64 hex digits, and always the same one", () => {
  fc.assert(
    fc.property(anyFinding, (one) => {
      expect(fingerprintOf(one)).toMatch(/^[0-9a-f]{64}$/);
      expect(fingerprintOf(structuredClone(one))).toBe(fingerprintOf(one));
    }),
  );
});

test("any change of scanner, slug, method, path or parameter changes it", () => {
  const identity = ({ scanner, slug, where: { method, path, parameter } }: Finding) =>
    JSON.stringify([scanner, slug, method ?? null, path ?? null, parameter ?? null]);
  const pair = fc.tuple(anyFinding, anyFinding, fc.integer({ min: 0, max: 4 })).map(([one, other, which]) => {
    const { scanner, slug, where } = other;
    const changes = [
      { scanner },
      { slug },
      ...(["method", "path", "parameter"] as const).map((part) => ({ where: changed(one.where, part, where[part]) })),
    ];
    return [one, { ...one, ...changes[which] }] as const;
  });
  fc.assert(
    fc.property(pair, ([one, other]) => {
      expect(fingerprintOf(one) === fingerprintOf(other)).toBe(identity(one) === identity(other));
    }),
  );
});

function changed(
  where: FindingLocation,
  part: "method" | "path" | "parameter",
  value: string | undefined,
): FindingLocation {
  const { [part]: _left, ...rest } = where;
  return value === undefined ? rest : { ...rest, [part]: value };
}
