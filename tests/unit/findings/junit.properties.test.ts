import fc from "fast-check";
import { parseJunit, ReportParseError, type JunitReport } from "../../../findings";

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="2" errors="2">
<testsuite name="Größe" tests="4" failures="2" errors="2">
<testcase classname="xss.crashtest.cloud" name="a"><failure message="m &amp; n" type="high">text ]] &gt;</failure></testcase>
<testcase classname="ssl.crashtest.cloud" name="b"><failure message="broke" type="error"/></testcase>
<testcase classname="csrf.crashtest.cloud" name="c"/><!-- a remark -->
<testcase name="d"><error><![CDATA[<gone>]]></error><failure/></testcase>
</testsuite>
</testsuites>
`;

/** What a text is read as, or undefined where it is refused. Any other error comes through. */
function read(xml: string): JunitReport | undefined {
  try {
    return parseJunit(xml);
  } catch (error) {
    if (error instanceof ReportParseError) return undefined;
    throw error;
  }
}

test("cut off at any byte, it is refused, or only blanks after its end were cut", () => {
  const bytes = Buffer.from(REPORT);
  const whole = parseJunit(REPORT);
  const end = bytes.lastIndexOf(">") + 1;
  for (let length = 0; length < bytes.length; length += 1) {
    const report = read(bytes.subarray(0, length).toString("utf8"));
    expect({ length, report }).toEqual({ length, report: length < end ? undefined : whole });
  }
});

const pieces = fc.constantFrom(
  ...[
    "<",
    ">",
    "/>",
    "</",
    "&",
    "&#0;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?",
    '"',
    "'",
    "\u0000",
    "\ud800",
    "\uFEFF",
  ],
  ...[
    "<failure/>",
    "</failure>",
    "<testcase>",
    "</testcase>",
    "<testsuite>",
    "</testsuites>",
    "<error>",
    "<!DOCTYPE a>",
  ],
  ...['tests="9"', 'type="low"', 'type="__proto__"', "classname='.'", "xmlns:a='b'", "constructor='1'"],
);
const edit = fc.record({
  at: fc.nat(REPORT.length),
  remove: fc.nat(40),
  insert: fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 3 })),
});

test("spoiled anywhere, it is read or refused with a ReportParseError", () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const spoiled = edits.reduce(
        (xml, { at, remove, insert }) => xml.slice(0, at) + insert + xml.slice(at + remove),
        REPORT,
      );
      const report = read(spoiled);
      expect(report === undefined || report.testCaseCount >= report.scanners.length).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("any text is read or refused with a ReportParseError", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (xml) => {
      read(xml);
    }),
  );
});

test("with a whole test case cut out it is refused, as it declares more", () => {
  const cases = REPORT.match(/<testcase[^]*?(?:<\/testcase>|name="c"\/>)/g) ?? [];

  expect(cases).toHaveLength(4);
  for (const one of cases) expect(read(REPORT.replace(one, ""))).toBeUndefined();
});
