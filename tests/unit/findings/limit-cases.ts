import * as limits from "../../../findings/report-limits";

const { MAX_FINDINGS, MAX_KINDS, MAX_ATTRIBUTE_NAMES } = limits;
const { MAX_PART_LENGTH, MAX_SENTENCE_LENGTH, MAX_OUTLINE_LENGTH } = limits;

export type Format = "JSON" | "XML";
/** What fills the reports here, so that no message may repeat it. */
export const SECRET = "s3cr3t-value";
export const filler = (length: number): string => SECRET.repeat(Math.ceil(length / SECRET.length)).slice(0, length);
export const SIZES = [1_000, 65_536] as const;
/** A text of millions of characters takes too long in single ones. */
const SMALL_SIZES = [1, ...SIZES] as const;

export function* piecesOf(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

export const json = (items: string, rest = ""): string => `{"findings":{"xss":[${items}]}${rest}}`;
export const emptyObjects = (count: number): string => Array<string>(count).fill("{}").join();
const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const listsOf = (count: number): string =>
  numbers(count)
    .map((at) => `,"${SECRET}${at}":[]`)
    .join("");
const namesOf = (count: number): string =>
  numbers(count)
    .map((at) => `,"${SECRET}${at}"`)
    .join("");
const slugsOf = (count: number): string =>
  numbers(count)
    .map((at) => `{"finding_description_slug":"${SECRET}${at}"}`)
    .join();
/** A finding whose JSON text has this length. */
export const longFinding = (length: number): string => `{"more":"${filler(length - '{"more":""}'.length)}"}`;
export const more = (length: number): string => `,"more":"${filler(length)}"`;
/** A report whose text has this length beside its finding, of which no more than a bracket, a number and a bracket count. */
export const longOutline = (length: number, rest = ""): string =>
  json(longFinding(100_000), more(length - json("0", more(0)).length) + rest);

export const suite = (inner: string): string => `<testsuites><testsuite>${inner}</testsuite></testsuites>`;
export const testCase = (inner: string): string => suite(`<testcase classname="xss.${SECRET}">${inner}</testcase>`);
export const cdata = (length: number): string =>
  [...piecesOf(filler(length), 1_000)].map((piece) => `<![CDATA[${piece}]]>`).join("<!-- and -->");
export const scannersOf = (count: number): string =>
  numbers(count)
    .map((at) => `<testcase classname="${SECRET}${at}.a"/>`)
    .join("");
export const attributesOf = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => ` ${SECRET}${from + at}=""`).join("");

interface Limit {
  format: Format;
  /** A report that has so much of what is limited. */
  report: (amount: number) => string;
  most: number;
  problem: string;
  /** So many findings and scanners that broke are read of as much as may be; else none. */
  found?: number;
  sizes?: readonly number[];
}

export const LIMITS: Readonly<Record<string, Limit>> = {
  "findings of all scanners": {
    format: "JSON",
    report: (count) => `{"findings":{"xss":[${emptyObjects(count - 1)}],"ssl":[{}]}}`,
    most: MAX_FINDINGS,
    problem: "$ has more than 150000 findings",
    found: 150_000,
    sizes: [65_536],
  },
  "characters of a finding": {
    format: "JSON",
    report: (length) => json(`{},${longFinding(length)},{}`),
    most: MAX_PART_LENGTH,
    problem: "$ has a finding of more than 524288 characters",
    found: 3,
    sizes: SMALL_SIZES,
  },
  "characters of a sentence": {
    format: "JSON",
    report: (length) => json(`{},{"information":"${filler(length)}"}`),
    most: MAX_SENTENCE_LENGTH,
    problem: "$.findings.xss[1].information is longer than 262144 characters",
    found: 2,
  },
  "characters beside findings": {
    format: "JSON",
    report: longOutline,
    most: MAX_OUTLINE_LENGTH,
    problem: "$ has more than 1048576 characters beside its findings",
    found: 1,
  },
  "scanners of JSON": {
    format: "JSON",
    report: (count) => `{"findings":{"xss":[{}]${listsOf(count - 1)}}}`,
    most: MAX_KINDS,
    problem: "$.findings names more than 10000 scanners",
    found: 1,
  },
  "scanners that should have run, each counted once": {
    format: "JSON",
    report: (count) => json("{}", `,"scanners":["xss"${namesOf(count - 1)},"xss"]`),
    most: MAX_KINDS,
    problem: "$.scanners names more than 10000 scanners",
    found: 1,
  },
  "slugs, each counted once": {
    format: "JSON",
    report: (count) => json(`${slugsOf(10)},{},${slugsOf(count)}`),
    most: MAX_KINDS,
    problem: "$ has more than 10000 slugs in its findings",
    found: 10_011,
  },
  descriptions: {
    format: "JSON",
    report: (count) => json("{}", `,"descriptions":[${emptyObjects(count)}]`),
    most: MAX_KINDS,
    problem: "$.descriptions are more than 10000",
    found: 1,
  },
  "attribute names, each counted once": {
    format: "XML",
    report: (count) =>
      `<testsuites${attributesOf(0, count - 1)}><testsuite${attributesOf(count - 10, count)}/></testsuites>`,
    most: MAX_ATTRIBUTE_NAMES,
    problem: "a place is where it has more than 1000 names of attributes",
    sizes: SMALL_SIZES,
  },
  "characters of a tag": {
    format: "XML",
    report: (length) => suite(`<a b="${filler(length - '<a b=""/>'.length)}"/>`),
    most: MAX_PART_LENGTH,
    problem: "a place ends a part of more than 524288 characters",
  },
  "characters between two tags, with the bracket that ends them": {
    format: "XML",
    report: (length) => suite(`<system-out>${filler(length - 1)}</system-out>`),
    most: MAX_PART_LENGTH,
    problem: "a place ends a part of more than 524288 characters",
  },
  "characters inside a failure, in many pieces": {
    format: "XML",
    report: (length) => testCase(`<failure message="it">${cdata(length)}</failure>`.repeat(2)),
    most: MAX_PART_LENGTH,
    problem: "a place ends a failure of more than 524288 characters",
    found: 2,
  },
  "characters of a failure's message": {
    format: "XML",
    report: (length) => testCase(`<failure message=" ${filler(length)} "/>`),
    most: MAX_SENTENCE_LENGTH,
    problem: "a place ends a failure with a message of more than 262144 characters",
    found: 1,
  },
  "characters of an error's text that stands for a message": {
    format: "XML",
    report: (length) => testCase(`<error>${cdata(length)}</error>`),
    most: MAX_SENTENCE_LENGTH,
    problem: "a place ends a failure with a message of more than 262144 characters",
    found: 1,
  },
  "findings of XML, beside scanners that broke": {
    format: "XML",
    report: (count) => testCase(`<error/><failure type="error"/>${"<failure/>".repeat(count)}`),
    most: MAX_FINDINGS,
    problem: "a place is where it has more than 150000 findings",
    found: 150_002,
    sizes: [65_536],
  },
  "scanners that broke, as failures and as errors": {
    format: "XML",
    report: (count) => testCase(`<failure/>${"<error/>".repeat(count - 1)}<failure type="error"/>`),
    most: MAX_KINDS,
    problem: "a place is where it has more than 10000 scanners that broke",
    found: 10_001,
    sizes: SMALL_SIZES,
  },
  "scanners, each counted once": {
    format: "XML",
    report: (count) => suite(`${scannersOf(10)}${scannersOf(count)}<testcase classname="other"><skipped/></testcase>`),
    most: MAX_KINDS,
    problem: "a place is where it names more than 10000 scanners",
    sizes: SMALL_SIZES,
  },
};
