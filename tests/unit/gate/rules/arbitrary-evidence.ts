import fc from "fast-check";
import type { Cve, Finding } from "../../../../findings/finding";
import { severityOf, SEVERITIES, type Severity } from "../../../../findings/severity";
import type { GateEvidence } from "../../../../gate/rules/verdict";
import type { GateSettings } from "../../../../gate/rules/settings";
import { evidence, finding, gatedScan, NOW } from "./sample-evidence";

const SCANNERS = ["xss", "ssl", "fuzzer"];
const SLUGS = ["open-door", "thin-wall", "loose-board"];
const PATHS = ["/", "/items"];

const score = fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10);

const cve: fc.Arbitrary<Cve> = fc
  .option(score, { nil: undefined, freq: 4 })
  .map((cvssScore) => ({ id: "CVE-2000-0001", additional: {}, ...(cvssScore !== undefined && { cvssScore }) }));

/** A finding as a report has it: its severity is that of its score, or it has neither. Mostly mild, so that gates open. */
export const someFinding: fc.Arbitrary<Finding> = fc
  .record({
    scanner: fc.constantFrom(...SCANNERS),
    slug: fc.constantFrom(...SLUGS),
    baseScore: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 2, 3.9, 5) }, score, fc.constant(undefined)),
    path: fc.constantFrom(...PATHS),
    cves: fc.array(cve, { maxLength: 2 }),
  })
  .map(({ scanner, slug, baseScore, path, cves }) => {
    const rating = baseScore === undefined ? {} : { cvss: { baseScore } };
    return finding(severityOf(baseScore), { ...rating, scanner, slug, cves, where: { method: "GET", path } });
  });

const acceptance = fc.record({
  slug: fc.constantFrom(...SLUGS),
  reason: fc.constant("It leads nowhere."),
  expires: fc.constantFrom("2026-05-31", "2026-06-01", "2026-12-31"),
});

export const someSettings: fc.Arbitrary<GateSettings> = fc.record(
  {
    failOn: fc.constantFrom("critical", "high", "medium", "low", "info", "none"),
    maxFindings: fc.dictionary(fc.constantFrom<Severity>(...SEVERITIES), fc.nat(3), { maxKeys: 3 }),
    minCvss: score,
    requiredScanners: fc.subarray(SCANNERS, { maxLength: 2 }),
    accept: fc.array(acceptance, { maxLength: 3 }),
    acceptJoined: fc.boolean(),
    advisory: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Of a scan that ended well and was this deployment's own, all of whose reports are there. */
export const someEvidence: fc.Arbitrary<GateEvidence> = fc
  .record({
    findings: fc.array(someFinding, { maxLength: 4 }),
    ran: fc.oneof(fc.constant(SCANNERS), fc.subarray(SCANNERS, { minLength: 1 })),
    missing: fc.option(fc.subarray(SCANNERS), { nil: undefined }),
  })
  .map(({ findings, ran, missing }) =>
    evidence({ findings: { findings, scanners: { ran, ...(missing !== undefined && { missing }) } }, now: NOW }),
  );

/** Evidence in which anything may be wrong. */
export const doubtfulEvidence: fc.Arbitrary<GateEvidence> = fc
  .tuple(
    someEvidence,
    fc.record({
      startedBy: fc.constantFrom("deployment" as const, "earlier" as const, "other" as const, "unknown" as const),
      end: fc.oneof(
        { weight: 3, arbitrary: fc.constant({ kind: "status", state: "finished", statusCode: 3 } as const) },
        fc.constantFrom(
          { kind: "status", state: "stopped", statusCode: 4 } as const,
          { kind: "status", state: "unknown", statusCode: 77 } as const,
          { kind: "timedOut", isStopped: true } as const,
          { kind: "unreachable", problem: "no route" } as const,
          { kind: "gone" } as const,
        ),
      ),
    }),
    fc.array(fc.constant({ scanner: "ssl", message: "broke" }), { maxLength: 1 }),
  )
  .map(([given, scan, scannerErrors]) => ({ ...given, scan: gatedScan(scan), scannerErrors }));
