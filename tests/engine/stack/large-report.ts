/** A report of any size: its items, and what stands before, between and behind them. */
export interface Shape {
  head: string;
  item: (index: number) => string;
  separator: string;
  tail: string;
}

const INFORMATION = (index: number): string =>
  `Found possible XSS vulnerability for parameter p${index % 97} (GET) on http://127.0.0.1:9/area-${index % 1009}/page-${index}/` +
  ` with payload <svg ${index.toString(16).padStart(8, "0")}-0c78-45c3-848c-6cbd50a61450 'ons>' ${"x".repeat(index % 120)}`;

const finding = (index: number, information: string): string =>
  JSON.stringify({
    service_type: "xss",
    finding_description_slug: "xss",
    information,
    details: { request: { has_findings: false } },
    created_at: `2026-01-02T03:04:05.${index % 1_000_000}Z`,
  });

const jsonReport = (item: Shape["item"]): Shape => ({
  head: '{"message":"scan_findings_retrieved","data":{"findings":{"ssl":[],"xss":[',
  item,
  separator: ",",
  tail: ']},"descriptions":[{"slug":"xss","title":"Cross-site scripting","baseScore":6.1}],"scanners":["ssl","xss"]}}',
});

/** Some 133,000 findings of 300 to 750 bytes, each with a character that takes two bytes in memory, and so does its text then. */
export const MANY = jsonReport((index) => finding(index, `${INFORMATION(index)} \u2192 ${"x".repeat(index % 240)}`));
/** Some 43,000 of 1,400 bytes or more: as many as a baseline in the state has room for. */
export const WIDE = jsonReport((index) => finding(index, `${INFORMATION(index)} ${"lorem ipsum ".repeat(100)}`));
/** Some 145,000 of long paths and parameters, whose characters take two bytes each in memory. */
export const PLACES = jsonReport((index) => {
  const request = {
    method: "GET",
    url: `/${index}/${"path/".repeat(56)}\u0436`,
    parameter: `${index}-${"p".repeat(40)}\u0436`,
  };
  return JSON.stringify({ service_type: "xss", finding_description_slug: "xss", details: { request } });
});
const scannerName = (index: number): string => `scanner-${String(index).padStart(12, "0")}`;
/** So many findings are in a list of `KINDS`. */
const LIST_LENGTH = 14;
/** Some 125,000 of as many slugs as may be, each slug as long as there is room, in lists of almost as many scanners as may be. */
export const KINDS = jsonReport((index) => {
  const isLast = index % LIST_LENGTH === LIST_LENGTH - 1;
  const list = isLast ? `{}],"${scannerName(Math.floor(index / LIST_LENGTH))}":[` : "";
  const slug = `${index % 9_999}-`.padEnd(400, "s");
  const request = { method: "PROPFINDPROPFIND", url: `/${index}` };
  return list + JSON.stringify({ finding_description_slug: slug, details: { request } });
});
/** Sentences as long as they may be, of addresses, which take the most to go through. */
export const LONG = jsonReport((index) =>
  finding(index, `${INFORMATION(index)} ${"http://a.b/\u2192 ".repeat(20_000)}`),
);
/** One of 1 MiB. */
export const TOO_LONG = jsonReport((index) => finding(index, "lorem ipsum ".repeat((1024 * 1024) / 12)));
/** Some 100,000, each with twenty members of names that no other has. */
export const NAMES = jsonReport((index) => {
  const details = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`${index}_${at}`, 0]));
  return JSON.stringify({ finding_description_slug: "xss", information: INFORMATION(index), details });
});
/** 22 million findings that say nothing. */
export const TOO_MANY = jsonReport(() => "{}");

const escaped = (text: string): string => text.replaceAll("<", "&lt;").replaceAll("'", "&apos;");
export const XML: Shape = {
  head: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="Crashtest Security Suite">\n',
  item: (index) => `<testcase classname="xss.crashtest.cloud" name="Cross-site scripting (${index + 1})">
<failure message='Cross-site scripting: ${escaped(INFORMATION(index))}' type="medium">${escaped(INFORMATION(index))}</failure>
</testcase>`,
  separator: "\n",
  tail: "</testsuite>\n</testsuites>\n",
};

const SCANNERS = 8_500;
/** Of scanners that all have findings in `KINDS`. */
export const XML_SCANNERS: Shape = {
  ...XML,
  item: (index) => XML.item(index).replace("xss.", `${scannerName(index % SCANNERS)}.`),
};

const BYTES_AT_ONCE = 64 * 1024;

/** A report of exactly so many bytes; blanks stand where no further item fits in. */
export function* reportOf({ head, item, separator, tail }: Shape, bytes: number): Generator<string> {
  let held = head;
  let left = bytes - Buffer.byteLength(head + tail);
  for (let index = 0; ; index += 1) {
    const text = `${index === 0 ? "" : separator}${item(index)}`;
    const size = Buffer.byteLength(text);
    if (size > left) break;
    left -= size;
    held += text;
    if (held.length > BYTES_AT_ONCE) {
      yield held;
      held = "";
    }
  }
  yield `${held}${" ".repeat(left)}${tail}`;
}
