import fc from "fast-check";
import {
  isPublishedReportThere,
  publishedReport,
  warnWithoutPublishedReport,
} from "../../../fixtures/published-report";
import { CANARY, oddValue, text } from "./hostile-texts";

type Json = Record<string, unknown>;

warnWithoutPublishedReport("Changes of the published report were");

interface Sample {
  findings: Record<string, unknown[]>;
  descriptions: Json[];
}

const OWN: Sample = {
  findings: {
    xss: [{ finding_description_slug: "xss", information: "Found it", details: { request: { has_findings: false } } }],
    ssl: [],
  },
  descriptions: [{ slug: "xss", title: "XSS", baseScore: 6.1, how_to_fix: "Escape it." }],
};
const SAMPLE = isPublishedReportThere ? (JSON.parse(publishedReport()) as Sample) : OWN;

const SLUGS = SAMPLE.descriptions.map(({ slug }) => String(slug));
const SCANNERS = [...Object.keys(SAMPLE.findings), "__proto__", "constructor", "nobody has heard of"];

/** Shapes of a request, each with the canary as the value of a cookie or of an authorization header. */
const REQUESTS: readonly unknown[] = [
  { method: "GET", headers: { Cookie: `session=${CANARY}` } },
  { headers: { "set-cookie": [`a=1; ${CANARY}`, CANARY] } },
  { headers: [{ name: "Authorization", value: `Bearer ${CANARY}` }] },
  { headers: [["Cookie", `a=${CANARY}`]] },
  { cookies: { session: CANARY } },
  `GET / HTTP/1.1\r\nHost: a.example\r\nCookie: a=${CANARY}\r\n\r\n`,
  { raw: `POST /x HTTP/1.1\nAUTHORIZATION: Basic ${CANARY}\n\nbody` },
  { curl: `curl -H 'Cookie: a=${CANARY}' http://a.example/` },
  { curl: `curl -b "a=${CANARY}" http://a.example/` },
];

const finding = (): fc.Arbitrary<Json> =>
  fc.record(
    {
      finding_description_slug: fc.oneof(fc.constantFrom(...SLUGS), text()),
      information: text(),
      created_at: fc.constantFrom("2020-03-04T22:29:41.770703Z", ""),
      details: fc.constantFrom(...REQUESTS).map((request) => ({ request })),
      cve_findings: fc.array(fc.record({ cve_id: text(), cvss: fc.double({ min: 0, max: 10, noNaN: true }) }), {
        maxLength: 2,
      }),
    },
    { requiredKeys: ["details"] },
  );

const description = (): fc.Arbitrary<Json> =>
  fc.record(
    {
      slug: fc.oneof(fc.constantFrom(...SLUGS), text()),
      title: text(),
      description: text(),
      how_to_fix: text(),
      baseScore: fc.double({ min: -1, max: 11, noNaN: true }),
      reference_owasp: fc.oneof(fc.constant("https://a.example/x"), fc.constant("javascript:alert(1)"), text()),
    },
    { requiredKeys: ["slug"] },
  );

const entries = (): fc.Arbitrary<[string, Json[]][]> =>
  fc.uniqueArray(fc.tuple(fc.constantFrom(...SCANNERS), fc.array(finding(), { maxLength: 3 })), {
    selector: ([name]) => name,
    maxLength: 4,
  });

/** A report of the agreed form, whatever its texts are. */
export const goodReport = (): fc.Arbitrary<Json> =>
  fc
    .record({
      lists: entries(),
      descriptions: fc.array(description(), { maxLength: 4 }),
      scanners: fc.option(fc.array(fc.constantFrom(...SCANNERS), { maxLength: 3 }), { nil: undefined }),
      isInEnvelope: fc.boolean(),
    })
    .map(({ lists, descriptions, scanners, isInEnvelope }) => {
      const data: Json = { findings: Object.fromEntries(lists), descriptions, ...(scanners && { scanners }) };
      return isInEnvelope ? { message: "scan_findings_retrieved", data } : data;
    });

/** A few findings of the published report, with all its descriptions. */
const partOfSample = (): fc.Arbitrary<Json> =>
  fc.tuple(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 4 })).map(([from, count]) => {
    const all = Object.entries(SAMPLE.findings).flatMap(([scanner, list]) =>
      list.map((item) => [scanner, item] as const),
    );
    const findings: Record<string, unknown[]> = { csrf: [] };
    for (const [scanner, item] of all.slice(from % all.length).slice(0, count)) (findings[scanner] ??= []).push(item);
    return { findings, descriptions: SAMPLE.descriptions.slice(0, 6) };
  });

/** One place of a JSON value, counted from its root, is replaced, removed, doubled or given another name. */
function changedAt(value: unknown, place: number, odd: unknown, how: number): unknown {
  const copy = structuredClone(value);
  const places: [holder: Json, key: string][] = [];
  const visit = (holder: unknown): void => {
    if (typeof holder !== "object" || holder === null) return;
    for (const key of Object.keys(holder)) {
      places.push([holder as Json, key]);
      visit((holder as Json)[key]);
    }
  };
  visit(copy);
  const [holder, key] = places[place % Math.max(places.length, 1)] ?? [{}, ""];
  if (how === 0) holder[key] = odd;
  else if (how === 1 && !Array.isArray(holder)) Reflect.deleteProperty(holder, key);
  else if (how === 2)
    Object.defineProperty(holder, "__proto__", { value: holder[key], enumerable: true, configurable: true });
  else if (Array.isArray(holder[key])) holder[key] = [holder[key], holder[key]].flat();
  else holder[key] = [holder[key]];
  return copy;
}

const change = (): fc.Arbitrary<{ place: number; odd: unknown; how: number }> =>
  fc.record({ place: fc.nat({ max: 5_000 }), odd: oddValue(), how: fc.nat({ max: 3 }) });

/** Cut, overwritten, with something in between, or with a part of it twice. */
const textChange = (): fc.Arbitrary<(from: string) => string> =>
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), text(), fc.nat({ max: 3 }))
    .map(([share, extra, how]) => (from) => {
      const at = Math.floor(share * from.length);
      if (how === 0) return from.slice(0, at);
      if (how === 1) return from.slice(0, at) + extra + from.slice(at + extra.length);
      if (how === 2) return from.slice(0, at) + extra + from.slice(at);
      return from.slice(0, at) + from.slice(Math.max(0, at - 40));
    });

/** The text of a JSON report that may be anything from right to absurd. */
export const jsonText = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: goodReport().map((report) => JSON.stringify(report)) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.oneof(goodReport(), partOfSample()), fc.array(change(), { minLength: 1, maxLength: 3 }))
        .map(([report, changes]) =>
          JSON.stringify(
            changes.reduce<unknown>((value, { place, odd, how }) => changedAt(value, place, odd, how), report),
          ),
        ),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.oneof(goodReport(), partOfSample()), fc.array(textChange(), { minLength: 1, maxLength: 2 }))
        .map(([report, changes]) => changes.reduce((value, make) => make(value), JSON.stringify(report, null, 1))),
    },
    { weight: 1, arbitrary: oddValue().map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: text() },
  );

/** An XML report that was changed, most of the time. */
export const changedXml = (xml: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(xml, fc.array(textChange(), { maxLength: 2 }))
    .map(([from, changes]) => changes.reduce((value, make) => make(value), from));
