import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "../../..");
const PAGE = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");

/** The numbered files of the page, in its order. */
const way = [...PAGE.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file ?? "");
/** The rooms whose files are not listed one by one. */
const rooms = [...PAGE.matchAll(/^- (`[\w/-]+\/`(?:, `[\w/-]+\/`)*): /gm)].flatMap(
  ([, names = ""]) => names.match(/[\w/-]+\//g) ?? [],
);

/** The files whose values a file imports. */
function valueImportsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.ES2022);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    if (!moduleSpecifier.text.startsWith(".") || importsTypesOnly(statement)) return [];
    const module = posix.join(dirname(file), moduleSpecifier.text);
    return [`${module}.ts`, `${module}/index.ts`].filter((path) => existsSync(join(ROOT, path)));
  });
}

function importsTypesOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const bindings = statement.importClause?.namedBindings;
  if (statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  return (
    bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function reachedFrom(...entries: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const open = [...entries];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    open.push(...valueImportsOf(file));
  }
  return reached;
}

test("the way of a scan has at most 35 files, each once", () => {
  expect(way.length).toBeLessThanOrEqual(35);
  expect(new Set(way).size).toBe(way.length);
});

test("value imports reach the files of the way, and beside the rooms that the page names no others", () => {
  const reached = reachedFrom("sdk/project.ts", "provider/project.ts", "provider/scan.ts", "provider/verdict.ts");
  const isInRoom = (file: string): boolean => rooms.some((room) => file.startsWith(room));

  expect(way.filter((file) => !reached.has(file))).toEqual([]);
  expect([...reached].filter((file) => !way.includes(file) && !isInRoom(file))).toEqual([]);
});

test("all files and folders that the page names exist", () => {
  const named = [...PAGE.matchAll(/`([\w.-]+(?:\/[\w.-]*)+)`/g)].map(([, path]) => path ?? "");

  expect(named.length).toBeGreaterThan(way.length);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
