import { fingerprintOf } from "../../../../findings/fingerprint";
import { decideVerdict } from "../../../../gate/rules/decide-verdict";
import type { GateEvidence } from "../../../../gate/rules/verdict";
import type { GateSettings } from "../../../../gate/rules/settings";
import { evidence, finding, found, gatedScan, URN } from "./sample-evidence";

const linesOf = (settings: GateSettings, given: GateEvidence): string[] =>
  decideVerdict(settings, given).message.split("\n");

const REPORT_WAY =
  "- see the report: npx pulumi-crashtest report --project 7 --scan 31 --format pdf --output report.pdf";

test.each<[string, GateSettings, Partial<GateEvidence>]>([
  ["scannerFailed", {}, { scannerErrors: [{ scanner: "ssl", message: "no handshake" }] }],
  ["scannerMissing", { requiredScanners: ["fuzzer"] }, {}],
])("a gate that is closed for %s names what was found all the same", (reason, settings, fields) => {
  const accept = [{ slug: "known", reason: "It leads nowhere.", expires: "2026-12-31" }];
  const [low, high] = [finding("low"), finding("high")];
  const lines = linesOf({ ...settings, accept }, found([low, high, finding("medium", { slug: "known" })], fields));

  expect(lines[0]).toContain(`gate closed (${reason}): `);
  expect(lines[1]).toBe("  found: 0 critical, 1 high, 1 medium, 1 low, 0 info, 0 unknown");
  expect(lines.filter((line) => /^ {2}(high|low) |^ {4}finding: /.test(line))).toEqual([
    "  high 8.8 Open door (xss), GET /items, parameter q",
    `    finding: ${fingerprintOf(high)}`,
    "  low 3.1 Open door (xss), GET /items, parameter q",
    `    finding: ${fingerprintOf(low)}`,
  ]);
  expect(lines.slice(lines.indexOf("What to do:"))).toEqual([
    "What to do:",
    REPORT_WAY,
    `- scan again: change a trigger, or run: pulumi up --replace '${URN}'`,
  ]);
});

test.each<[string, Partial<GateEvidence>]>([
  ["a missing report", { reportProblems: [{ reason: "reportMissing", problem: "404" }] }],
  ["a scan that failed", { scan: gatedScan({ end: { kind: "status", state: "failed", statusCode: 5 } }) }],
  ["a scan of an earlier deployment", { scan: gatedScan({ startedBy: "earlier" }) }],
])("where no report was read there are no counts, no findings and no way to it: %s", (_what, fields) => {
  const message = linesOf({}, found([finding("high")], fields)).join("\n");

  expect(message).not.toMatch(/found: |high|getReport|accept: /);
});

test.each(["stopped", "failed"] as const)("a scan that %s can be had anew by another run", (state) => {
  const scan = gatedScan({ end: { kind: "status", state, statusCode: 9 } });

  expect(linesOf({}, evidence({ scan })).slice(1)).toEqual([
    "What to do:",
    "- run again: a Scan resource then starts a new scan",
    `- scan again: change a trigger, or run: pulumi up --replace '${URN}'`,
  ]);
});

test("a scan of an earlier deployment says how to scan this one, whatever is accepted", () => {
  const scan = gatedScan({ startedBy: "earlier" });

  expect(linesOf({ acceptJoined: true }, evidence({ scan })).slice(0, 3)).toEqual([
    "gate closed (scanJoined): scan 31 is of an earlier deployment, and this run left it out: it may have tested what was there then.",
    "What to do:",
    "- run without --target and --exclude, or name the scan in --target",
  ]);
});

test("a scan that its provider has not seen says both why that may be, however it ended", () => {
  const scan = gatedScan({ startedBy: "unseen", end: { kind: "gone" } });

  expect(linesOf({ acceptJoined: true }, evidence({ scan }))).toEqual([
    "gate closed (scanJoined): scan 31 was not deployed by the gate's provider in this run: either the command left it out, and it may have tested what was there before, or it belongs to another provider.",
    "What to do:",
    "- run without --target and --exclude, or name the scan in --target",
    "- give the gate and its scan the same provider",
  ]);
});
