import fc from "fast-check";
import type { Finding } from "../../../../findings/finding";
import { fingerprintOf } from "../../../../findings/fingerprint";
import { type AcceptedFinding, applyAcceptances } from "../../../../gate/rules/accepted-finding";

const finding = (fields: Partial<Finding> = {}): Finding => ({
  scanner: "xss",
  slug: "open-door",
  severity: "high",
  information: "",
  where: { method: "GET", path: "/items", parameter: "q" },
  references: {},
  cves: [],
  additional: {},
  ...fields,
});

interface EntryFields {
  slug?: string;
  finding?: string;
  where?: string;
  expires?: string;
}
const entry = ({ finding: fingerprint, slug = "open-door", ...rest }: EntryFields = {}): AcceptedFinding => ({
  reason: "It leads nowhere.",
  expires: "2026-12-31",
  ...(fingerprint === undefined ? { slug } : { finding: fingerprint }),
  ...rest,
});

const NOW = new Date("2026-06-01T12:00:00Z");
const apply = (findings: readonly Finding[], acceptances: readonly AcceptedFinding[], now = NOW) =>
  applyAcceptances(findings, acceptances, now, fingerprintOf);

const fingerprint = fingerprintOf(finding());

test.each<[string, EntryFields, Partial<Finding>]>([
  ["of its slug", {}, {}],
  ["of its slug, anywhere", {}, { where: {} }],
  ["of its slug and path", { where: "/items" }, {}],
  ["of its slug and path, whatever the query", { where: "/" }, { where: { url: "https://a.example/?b=c", path: "/" } }],
  ["of its fingerprint", { finding: fingerprint }, {}],
  ["of its fingerprint and path", { finding: fingerprint, where: "/items" }, {}],
])("an entry %s accepts a finding", (_what, entryFields, fields) => {
  const found = finding(fields);

  expect(apply([found], [entry(entryFields)])).toEqual({
    counted: [],
    accepted: [found],
    expired: [],
    unmatched: [],
    unrecognisable: [],
  });
});

test.each<[string, EntryFields, Partial<Finding>]>([
  ["of another slug", { slug: "open-doo" }, {}],
  ["of the slug in another case", { slug: "Open-Door" }, {}],
  ["of another path", { where: "/" }, {}],
  ["of the beginning of its path", { where: "/item" }, {}],
  ["of its path and a slash", { where: "/items/" }, {}],
  ["of a path, where the finding has none", { where: "/items" }, { where: { host: "shop.example" } }],
  ["of its fingerprint at another path", { finding: fingerprint, where: "/other" }, {}],
  ["of another fingerprint", { finding: fingerprintOf(finding({ scanner: "csrf" })) }, {}],
  ["of no slug, where the finding has none", { slug: "" }, { slug: "" }],
])("an entry %s accepts nothing, and is named as one that matches nothing", (_what, entryFields, fields) => {
  const found = finding(fields);
  const given = entry(entryFields);

  expect(apply([found], [given])).toEqual({
    counted: [found],
    accepted: [],
    expired: [],
    unmatched: [given],
    unrecognisable: [],
  });
});

test.each<[string, string, boolean]>([
  ["2026-06-01", "2026-05-31T23:59:59.999Z", true],
  ["2026-06-01", "2026-06-01T00:00:00.000Z", true],
  ["2026-06-01", "2026-06-01T23:59:59.999Z", true],
  ["2026-06-01", "2026-06-02T00:00:00.000Z", false],
  ["2026-12-31", "2026-12-31T23:59:59.999Z", true],
  ["2026-12-31", "2027-01-01T00:00:00.000Z", false],
  ["2028-02-28", "2028-02-28T23:59:59.999Z", true],
  ["2028-02-28", "2028-02-29T00:00:00.000Z", false],
  ["2028-02-29", "2028-02-29T23:59:59.999Z", true],
  ["2028-02-29", "2028-03-01T00:00:00.000Z", false],
  // The day is the one in UTC, wherever the clock stands.
  ["2026-06-01", "2026-06-02T01:30:00.000+02:00", true],
  ["2026-06-01", "2026-06-01T23:30:00.000-02:00", false],
])("an entry to the end of %s is good at %s: %p", (expires, now, isGood) => {
  const given = entry({ expires });
  const { counted, accepted, expired, unmatched } = apply([finding()], [given], new Date(now));

  expect({ counted: counted.length, accepted: accepted.length }).toEqual(
    isGood ? { counted: 0, accepted: 1 } : { counted: 1, accepted: 0 },
  );
  expect(expired).toEqual(isGood ? [] : [given]);
  expect(unmatched).toEqual([]);
});

test.each<[string, EntryFields, Date]>([
  ["a time that is none", {}, new Date(NaN)],
  ["a day that is none", { expires: "never" }, NOW],
])("at %s an entry has expired", (_what, fields, now) => {
  expect(apply([finding()], [entry(fields)], now)).toMatchObject({ accepted: [], expired: [entry(fields)] });
});

test("one entry that is good is enough, and another that has expired is then no news", () => {
  const old = entry({ expires: "2026-01-01" });

  expect(apply([finding()], [old, entry({ where: "/items" })])).toEqual({
    counted: [],
    accepted: [finding()],
    expired: [],
    unmatched: [],
    unrecognisable: [],
  });
});

test("an expired entry is named where one of its findings counts", () => {
  const old = entry({ expires: "2026-01-01" });
  const other = finding({ where: { path: "/other" } });

  const applied = apply([finding(), other], [old, entry({ where: "/items" })]);

  expect(applied).toEqual({
    counted: [other],
    accepted: [finding()],
    expired: [old],
    unmatched: [],
    unrecognisable: [],
  });
});

test("a finding that cannot be recognised is not accepted, and an entry with its fingerprint is named", () => {
  const found = { ...finding(), isUnrecognisable: true as const };
  const [meant, elsewhere] = [entry({ finding: fingerprint }), entry({ finding: fingerprint, where: "/other" })];

  expect(applyAcceptances([found], [meant, elsewhere], NOW, fingerprintOf)).toEqual({
    counted: [found],
    accepted: [],
    expired: [],
    unmatched: [meant, elsewhere],
    unrecognisable: [meant],
  });
});

test("an expired entry that matches nothing is named as that", () => {
  const old = entry({ slug: "gone", expires: "2026-01-01" });

  expect(apply([finding()], [old])).toMatchObject({ expired: [], unmatched: [old] });
});

const anyFinding = fc
  .record({
    slug: fc.constantFrom("a", "b", ""),
    path: fc.constantFrom("/", "/a", undefined),
    scanner: fc.constantFrom("x", "y"),
  })
  .map(({ slug, path, scanner }) => finding({ slug, scanner, where: path === undefined ? {} : { path } }));
const anyEntry = fc
  .record({
    subject: fc.oneof(
      fc.constantFrom("a", "b").map((slug) => ({ slug })),
      anyFinding.map((found) => ({ finding: fingerprintOf(found) })),
    ),
    where: fc.constantFrom({}, { where: "/" }, { where: "/a" }),
    expires: fc.constantFrom("2026-05-31", "2026-06-01"),
  })
  .map(({ subject, where, expires }) => entry({ ...subject, ...where, expires }));
const findings = fc.array(anyFinding, { maxLength: 8 });
const entries = fc.array(anyEntry, { maxLength: 6 });

test("without entries every finding counts", () => {
  fc.assert(
    fc.property(findings, (found) => {
      expect(apply(found, [])).toEqual({
        counted: found,
        accepted: [],
        expired: [],
        unmatched: [],
        unrecognisable: [],
      });
    }),
  );
});

test("each finding either counts or is accepted, in the order of the report", () => {
  fc.assert(
    fc.property(findings, entries, (found, given) => {
      const { counted, accepted } = apply(found, given);

      expect(found.filter((one) => counted.includes(one))).toEqual(counted);
      expect(found.filter((one) => accepted.includes(one))).toEqual(accepted);
      expect(counted.length + accepted.length).toBe(found.length);
    }),
  );
});

test("one more entry never makes one more finding count", () => {
  fc.assert(
    fc.property(findings, entries, anyEntry, (found, given, more) => {
      const before = apply(found, given).counted;

      expect(apply(found, [...given, more]).counted.every((one) => before.includes(one))).toBe(true);
    }),
  );
});

test("a later time never accepts one more finding", () => {
  fc.assert(
    fc.property(findings, entries, (found, given) => {
      const tomorrow = new Date(NOW.getTime() + 24 * 3_600 * 1_000);
      const before = apply(found, given).accepted;

      expect(apply(found, given, tomorrow).accepted.every((one) => before.includes(one))).toBe(true);
    }),
  );
});
