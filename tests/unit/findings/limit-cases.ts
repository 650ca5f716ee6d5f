import * as limits from "../../../findings/report-error";

const { MAX_FINDINGS, MAX_KINDS, MAX_TEXT_LENGTH, MAX_SENTENCE_LENGTH } = limits;

export type Format = "JSON" | "XML";
/** What fills the reports here, so that no message may repeat it. */
export const SECRET = "s3cr3t-value";
export const filler = (length: number): string => SECRET.repeat(Math.ceil(length / SECRET.length)).slice(0, length);

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
export const more = (length: number): string => `,"more":["${filler(length)}"]`;

export const suite = (inner: string): string => `<testsuites><testsuite>${inner}</testsuite></testsuites>`;
export const testCase = (inner: string): string => suite(`<testcase classname="xss.${SECRET}">${inner}</testcase>`);
export const cdata = (length: number): string =>
  Array.from({ length: Math.ceil(length / 1_000) }, (_, at) => filler(Math.min(1_000, length - at * 1_000)))
    .map((piece) => `<![CDATA[${piece}]]>`)
    .join("<!-- and -->");
export const scannersOf = (count: number): string =>
  numbers(count)
    .map((at) => `<testcase classname="${SECRET}${at}.a"/>`)
    .join("");
interface Limit {
  format: Format;
  /** A report that has so much of what is limited. */
  report: (amount: number) => string;
  most: number;
  problem: string;
  /** So many findings and scanners that broke are read of as much as may be; else none. */
  found?: number;
}

export const LIMITS: Readonly<Record<string, Limit>> = {
  "findings of all scanners": {
    format: "JSON",
    report: (count) => `{"findings":{"xss":[${emptyObjects(count - 1)}],"ssl":[{}]}}`,
    most: MAX_FINDINGS,
    problem: "$.findings has 10001 findings, but the limit is 10000",
    found: 10_000,
  },
  slugs: {
    format: "JSON",
    report: (count) => json(slugsOf(count)),
    most: MAX_KINDS,
    problem: "$.findings has 10001 findings, but the limit is 10000",
    found: 10_000,
  },
  "characters of a finding's text": {
    format: "JSON",
    report: (length) => json(`{},{"details":{"more":["${filler(length)}"]}}`),
    most: MAX_TEXT_LENGTH,
    problem: "$ has a text of more than 524288 characters",
    found: 2,
  },
  "characters of a text beside findings": {
    format: "JSON",
    report: (length) => json("{}", more(length)),
    most: MAX_TEXT_LENGTH,
    problem: "$ has a text of more than 524288 characters",
    found: 1,
  },
  "characters of a sentence": {
    format: "JSON",
    report: (length) => json(`{},{"information":"${filler(length)}"}`),
    most: MAX_SENTENCE_LENGTH,
    problem: "$.findings.xss[1].information is longer than 262144 characters",
    found: 2,
  },
  "scanners of JSON": {
    format: "JSON",
    report: (count) => `{"findings":{"xss":[{}]${listsOf(count - 1)}}}`,
    most: MAX_KINDS,
    problem: "$.findings has more than 10000 scanners",
    found: 1,
  },
  "scanners that should have run, each counted once": {
    format: "JSON",
    report: (count) => json("{}", `,"scanners":["xss"${namesOf(count - 1)},"xss"]`),
    most: MAX_KINDS,
    problem: "$.scanners has more than 10000 scanners",
    found: 1,
  },
  descriptions: {
    format: "JSON",
    report: (count) => json("{}", `,"descriptions":[${emptyObjects(count)}]`),
    most: MAX_KINDS,
    problem: "$.descriptions has more than 10000 descriptions",
    found: 1,
  },
  "characters of an attribute": {
    format: "XML",
    report: (length) => suite(`<a b="${filler(length)}"/>`),
    most: MAX_TEXT_LENGTH,
    problem: "a place has a text of more than 524288 characters",
  },
  "characters between two tags": {
    format: "XML",
    report: (length) => suite(`<system-out>${filler(length)}</system-out>`),
    most: MAX_TEXT_LENGTH,
    problem: "a place has a text of more than 524288 characters",
  },
  "characters inside a failure, in many pieces": {
    format: "XML",
    report: (length) => testCase(`<failure message="it">${cdata(length)}</failure>`.repeat(2)),
    most: MAX_TEXT_LENGTH,
    problem: "a place has a text of more than 524288 characters",
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
    problem: "a place exceeds the limit of 10000 findings",
    found: 10_002,
  },
  "scanners that broke, as failures and as errors": {
    format: "XML",
    report: (count) => testCase(`<failure/>${"<error/>".repeat(count - 1)}<failure type="error"/>`),
    most: MAX_KINDS,
    problem: "a place exceeds the limit of 10000 broken scanners",
    found: 10_001,
  },
  "scanners, each counted once": {
    format: "XML",
    report: (count) => suite(`${scannersOf(10)}${scannersOf(count)}<testcase classname="other"><skipped/></testcase>`),
    most: MAX_KINDS,
    problem: "a place exceeds the limit of 10000 scanners",
  },
};
