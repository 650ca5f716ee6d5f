import { parseFindings, parseJunit, toHtml, toJunit, toMarkdown, toSarif } from "../../../../findings";
import type { FormatContext } from "../../../../findings";
import { completenessOf } from "../../../../findings/formats/completeness";
import { wireFinding, wireReport } from "../../../fixtures/report";

const clean = parseFindings(wireReport({ ssl: [], xss: [], csrf: [] }, { scanners: ["ssl", "xss", "csrf", "xxe"] }));
const FAILED: FormatContext = { scanEnd: { state: "failed", statusCode: 104, reason: "it <b>crashed</b>\u001B[2J" } };
const SHOWN = "it <b>crashed</b>\uFFFD[2J";
const BROKEN: FormatContext = { scannerErrors: [{ scanner: "ssl", message: "no *handshake*" }] };
const SKIPPED: FormatContext = { skippedScanners: [{ scanner: "csrf", message: "no login" }] };
const FINISHED: FormatContext = {
  scanEnd: { state: "finished", statusCode: 102 },
  scannerErrors: [],
  skippedScanners: [],
};

const invocationOf = (context: FormatContext) => toSarif(clean, context).runs[0].invocations[0];
const notesOf = (context: FormatContext): string[] =>
  invocationOf(context).toolExecutionNotifications.map(({ level, message }) => `${level} ${message.text}`);

describe("what is known of a report", () => {
  test("is by itself which scanners have a list, and which have none", () => {
    expect(completenessOf(clean, {})).toEqual({
      ran: ["ssl", "xss", "csrf"],
      broken: [],
      missing: [{ name: "xxe", why: "" }],
    });
  });

  test("is with the XML report which of them broke or were skipped", () => {
    expect(completenessOf(clean, { ...BROKEN, ...SKIPPED })).toEqual({
      ran: ["xss"],
      broken: [{ name: "ssl", why: "no *handshake*" }],
      missing: [
        { name: "xxe", why: "" },
        { name: "csrf", why: "no login" },
      ],
    });
  });

  test("a scanner that was skipped and has a finding has run, and one that should have run and broke is not missing", () => {
    const report = parseFindings(wireReport({ csrf: [wireFinding()] }, { scanners: ["csrf", "ssl"] }));

    expect(completenessOf(report, { ...BROKEN, ...SKIPPED })).toMatchObject({
      ran: ["csrf"],
      broken: [{ name: "ssl" }],
      missing: [],
    });
  });

  test.each([
    [{ state: "failed", statusCode: 104, reason: "it crashed" }, "failed (status code 104): it crashed"],
    [{ state: "stopped" }, "was stopped"],
    [{ state: "unknown", statusCode: 199 }, "has an unknown status (status code 199)"],
    [{ state: "finished", statusCode: 102 }, undefined],
  ] as const)("a scan that ended as %j", (scanEnd, badEnd) => {
    expect(completenessOf(clean, { scanEnd }).badEnd).toBe(badEnd);
  });
});

test("a scan that finished, with all that ran known, makes the same reports as before it was known", () => {
  expect(toSarif(clean, FINISHED)).toEqual(toSarif(clean));
  expect(toJunit(clean, FINISHED)).toBe(toJunit(clean));
  expect(toMarkdown(clean, FINISHED)).toBe(toMarkdown(clean));
  expect(toHtml(clean, FINISHED)).toBe(toHtml(clean));
});

describe("SARIF", () => {
  test.each<[string, FormatContext, string]>([
    [
      "a scan that failed",
      FAILED,
      `error Not complete: the scan failed (status code 104): ${SHOWN}. What is not found here may be there all the same.`,
    ],
    [
      "a scanner that broke",
      BROKEN,
      "error Not complete: 1 of the scanners broke, and nothing is known of what they were to find: ssl (no *handshake*).",
    ],
    [
      "a scanner that was skipped",
      SKIPPED,
      "error Not complete: 2 of the scanners did not run, and nothing is known of what they look for: xxe, csrf (no login).",
    ],
  ])("%s is no success, and a notification says why", (_what, context, note) => {
    const whole = parseFindings(wireReport({ ssl: [], csrf: [] }, { scanners: ["ssl", "csrf"] }));
    const isSuccess = (given: FormatContext) => toSarif(whole, given).runs[0].invocations[0].executionSuccessful;

    expect([isSuccess({}), isSuccess(context)]).toEqual([true, false]);
    expect(notesOf(context)).toContain(note);
  });
});

describe("JUnit", () => {
  test("of a scan that failed has an error, and no case that passes", () => {
    const xml = toJunit(clean, FAILED);
    const { scannerErrors, scanners } = parseJunit(xml);

    expect(scannerErrors).toEqual([{ scanner: "scan", message: `The scan failed (status code 104): ${SHOWN}` }]);
    expect(scanners).toEqual(["scan"]);
    expect(xml).toMatch(/^<testsuites [^>]*tests="5" failures="0" errors="1" skipped="4"/m);
  });

  test("of a scanner that broke has an error in its place", () => {
    const { scannerErrors, scanners } = parseJunit(toJunit(clean, BROKEN));

    expect(scannerErrors).toEqual([{ scanner: "ssl", message: "no *handshake*" }]);
    expect(scanners).toEqual(["xss", "csrf", "ssl"]);
  });

  test("of a scanner that was skipped has a skipped case", () => {
    const { skippedScanners, scanners } = parseJunit(toJunit(clean, SKIPPED));

    expect(skippedScanners.find(({ scanner }) => scanner === "csrf")?.message).toMatch(/: no login$/);
    expect(scanners).toEqual(["ssl", "xss"]);
  });
});

test.each<[string, FormatContext, string, string]>([
  [
    "a scan that failed",
    FAILED,
    "**Not complete: the scan failed (status code 104): it &#60;b&#62;crashed&#60;/b&#62;\uFFFD&#91;2J.**",
    "<strong>Not complete: the scan failed (status code 104): it &lt;b&gt;crashed&lt;/b&gt;\uFFFD[2J.</strong>",
  ],
  [
    "a scanner that broke",
    BROKEN,
    "**Not complete: 1 scanner broke**, and nothing is known of what they were to find: `ssl` (no &#42;handshake&#42;).",
    "Nothing is known of what it was to find: ssl (no *handshake*).",
  ],
  [
    "a scanner that was skipped",
    SKIPPED,
    "**Not complete: 2 scanners did not run**, and nothing is known of what they look for: `xxe`, `csrf` (no login).",
    "Nothing is known of what they look for: xxe, csrf (no login).",
  ],
])("%s is a banner in Markdown and HTML", (_what, context, markdown, html) => {
  expect(toMarkdown(clean, context)).toContain(markdown);
  expect(toHtml(clean, context)).toContain(html);
});

test("of a scan that failed no report says that its scanners ran and found nothing", () => {
  expect(toMarkdown(clean, FAILED)).not.toContain("found nothing");
  expect(toHtml(clean, FAILED)).not.toMatch(/scanners ran|No findings\./);
});
