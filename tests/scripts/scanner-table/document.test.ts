import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fillTables } from "../../../scripts/scanner-table/document";
import { categoriesTable, modulesTable, scannersTable } from "../../../scripts/scanner-table/tables";

const page = readFileSync(join(__dirname, "../../../docs/scanner.md"), "utf8");

describe("the page on the scanner", () => {
  it("has the tables that the code gives; npm run docs:scanner writes them", () => {
    expect(fillTables(page)).toBe(page);
  });
});

describe("fillTables", () => {
  const places = ["scanners", "modules", "categories"].map(
    (name) => `<!-- table: ${name} -->\nOUTDATED\n<!-- end of table -->`,
  );

  it("puts each table into its place and leaves the rest as it is", () => {
    const filled = fillTables(`BEFORE\n${places.join("\nBETWEEN\n")}\nAFTER\n`);

    expect(filled).not.toContain("OUTDATED");
    expect(filled.match(/BEFORE|BETWEEN|AFTER|<!-- table: \w+ -->/g)).toEqual([
      ...["BEFORE", "<!-- table: scanners -->", "BETWEEN", "<!-- table: modules -->", "BETWEEN"],
      ...["<!-- table: categories -->", "AFTER"],
    ]);
    expect(fillTables(filled)).toBe(filled);
  });

  it.each([
    ["is missing", places.slice(1)],
    ["stands twice", [...places, ...places]],
  ])("refuses a document in which the place of a table %s", (_case, parts) => {
    expect(() => fillTables(parts.join("\n"))).toThrow(/places for the table "scanners", not one/);
  });
});

describe("the tables", () => {
  it("say which scanners are missing in every report", () => {
    const missing = scannersTable()
      .split("\n")
      .filter((line) => line.includes("missing"))
      .map((line) => line.split("`")[1]);

    expect(missing).toEqual(["cve", "deserialization", "fingerprinting", "portscan"]);
  });

  it.each([
    ["| `xss` | `xss` | yes |  |"],
    ["| `takeover` | `fuzzer` | never |"],
    ["| `methods` | `fuzzer` | if asked for | it sends DELETE"],
    ["| `stacktrace_disclosure` (3.3.2 only) | `fuzzer` | yes |  |"],
  ])("say of a module %p", (row) => {
    expect(modulesTable()).toContain(`\n${row}`);
  });

  it("say of a category its slug, score, severity and vector, the worst first", () => {
    const [first, , ...rows] = categoriesTable().split("\n");

    expect(first).toContain("| slug |");
    expect(
      rows.some((row) =>
        row.startsWith("| SQL Injection | `sql-injection` | 9.1 critical | `AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N` |"),
      ),
    ).toBe(true);
    const scores = rows.map((row) => parseFloat(row.split(" | ")[2] ?? ""));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });
});
