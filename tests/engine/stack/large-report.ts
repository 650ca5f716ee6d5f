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

const FILLER = "lorem ipsum ".repeat(112);
/** Some 9,800 findings in 16 MiB, each with a character that takes two bytes in memory, and so does its text then. */
export const WIDE = jsonReport((index) => finding(index, `${INFORMATION(index)} \u2192 ${FILLER}`));
/** Some 36,000 in 16 MiB, of the size that those of the published sample have. */
export const MANY = jsonReport((index) => finding(index, INFORMATION(index)));
/** Nothing but brackets: as many findings, and as many lists, as there is room for. */
export const EMPTY = jsonReport(() => Array<string>(1_000).fill("{}").join());
export const NESTED = jsonReport(() =>
  Array<string>(100)
    .fill(`${"[".repeat(60)}${"]".repeat(60)}`)
    .join(),
);
/** As many scanners as there is room for. */
export const SCANNERS = jsonReport((index) => `{}],"a${index}":[{}`);
/** As many findings as are read, each with texts of which each character is one to be replaced, and to be masked. */
export const SHOWN = jsonReport((index) => {
  const request = {
    method: "GET",
    url: `/${index}/${"\u202E".repeat(100)}`,
    parameter: `${index}${"\u202E".repeat(199)}`,
  };
  const information = `${index} ${"Cookie: a=1; ".repeat(56)}`;
  return JSON.stringify({ information, details: { request } });
});

const escaped = (text: string): string => text.replaceAll("<", "&lt;").replaceAll("'", "&apos;");
export const XML: Shape = {
  head: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="Crashtest Security Suite">\n',
  item: (index) => `<testcase classname="xss.crashtest.cloud" name="Cross-site scripting (${index + 1})">
<failure message='Cross-site scripting: ${escaped(INFORMATION(index))}' type="medium">${escaped(INFORMATION(index))} ${FILLER}</failure>
</testcase>`,
  separator: "\n",
  tail: "</testsuite>\n</testsuites>\n",
};

/** As many names of attributes as there is room for. */
export const XML_NAMES: Shape = { ...XML, item: (index) => `<testcase classname="xss.a" a${index}=""/>` };

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
