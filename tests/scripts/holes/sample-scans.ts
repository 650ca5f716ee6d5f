import type { Finding } from "pulumi-crashtest/findings";
import { CASES, HOLES, isReached, type Hole } from "../../../scripts/holes/holes";
import type { ShopScan } from "../../../scripts/holes/judgement";

export const holeNamed = (name: string): Hole => {
  const hole = HOLES.find((candidate) => candidate.name === name);
  if (hole === undefined) throw new Error(`there is no hole ${name}`);
  return hole;
};

/** The finding that shows a hole, at a port that differs from scan to scan. */
export function findingOf({ slug, title, path, parameter }: Hole, fields: Partial<Finding> = {}): Finding {
  return {
    scanner: "sqlinjection",
    slug,
    title,
    severity: "medium",
    information: "",
    where: {
      method: "GET",
      url: `http://127.0.0.1:41999${path ?? "/"}`,
      ...(parameter === undefined ? {} : { parameter }),
    },
    references: {},
    cves: [],
    additional: {},
    ...fields,
  };
}

/** Scans of all shops, each with a finding for each hole that its scan is led to, and no other. */
export const scansAsExpected = (): ShopScan[] =>
  CASES.map((shop, index) => ({
    shop,
    findings: shop.open
      .map(holeNamed)
      .filter((hole) => isReached(hole, shop))
      .map((hole) => findingOf(hole)),
    durationSeconds: 4 + index,
  }));

/** The same, with other findings for one shop. */
export const scansWith = (title: string, change: (findings: readonly Finding[]) => Finding[]): ShopScan[] =>
  scansAsExpected().map((scan) => (scan.shop.title === title ? { ...scan, findings: change(scan.findings) } : scan));
