import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatDocument, withoutTimes } from "../../../scripts/holes/document";
import { CASES, HOLES } from "../../../scripts/holes/holes";
import { judgeHoles, type ShopScan } from "../../../scripts/holes/judgement";
import { findingOf, holeNamed, scansAsExpected, scansWith } from "./sample-scans";

const format = (scans: readonly ShopScan[]): string => formatDocument(scans, judgeHoles(scans));
const rows = (document: string): string[] => document.split("\n").filter((line) => line.startsWith("| "));

test("has a row for each hole and each shop", () => {
  expect(rows(format(scansAsExpected()))).toHaveLength(2 * 2 + HOLES.length + CASES.length);
  expect(rows(format(scansAsExpected()))[3]).toBe(
    "| `sql`: SQL injection | sqlinjection | SQL injection | medium | `GET /article`, parameter `id` | found | gone |",
  );
  expect(rows(format(scansAsExpected()))[7]).toContain("`GET /api/stock`, parameter `article` | not found | gone |");
});

test("says where a hole was missed, and where it is still found", () => {
  const missed = format(scansWith("only `sql`", () => []));
  const still = format(scansWith("only `sql`", (findings) => [...findings, findingOf(holeNamed("xss"))]));

  expect(rows(missed)[3]).toContain("**not found** (only `sql`)");
  expect(rows(still)[2]).toContain("**still there** (only `sql`)");
});

test("names what was found besides, and once what was found several times", () => {
  const other = findingOf(holeNamed("xss"), { slug: "other", title: "A | B\u202e", severity: "low" });
  const document = format(scansWith("only `sql`", (findings) => [...findings, ...findings, other]));
  const row = rows(document).find((line) => line.startsWith("| only `sql`"));

  expect(row).toBe(
    "| only `sql` | SQL injection (medium) at `GET /article`, parameter `id` | A \\| B\uFFFD (low) at `GET /search`, parameter `q` |",
  );
});

test("differs by its times alone from one run to the next", () => {
  const slower = scansAsExpected().map((scan) => ({ ...scan, durationSeconds: scan.durationSeconds * 10 }));
  const ports = scansWith("only `sql`", (findings) =>
    findings.map((finding) => ({ ...finding, where: { ...finding.where, url: "http://127.0.0.1:2/article" } })),
  );

  expect(format(slower)).not.toBe(format(scansAsExpected()));
  expect(withoutTimes(format(slower))).toBe(withoutTimes(format(scansAsExpected())));
  expect(format(ports)).toBe(format(scansAsExpected()));
});

test("the document in docs/ shows each hole found and gone", () => {
  const written = readFileSync(join(__dirname, "../../../docs/holes.md"), "utf8");

  expect(rows(written)).toHaveLength(2 * 2 + HOLES.length + CASES.length);
  expect(written).not.toMatch(/\*\*(not found|still there)\*\*/);
  for (const { name, needs } of HOLES) {
    const without = needs === undefined ? "found" : "not found";
    expect(written).toMatch(new RegExp(`^\\| \`${name}\`: .*\\| ${without} \\| gone \\|$`, "m"));
  }
});
