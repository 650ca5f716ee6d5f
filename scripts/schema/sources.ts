import { join } from "node:path";
import ts from "typescript";
import { REPOSITORY_ROOT } from "../engine/cache";

/** The files whose exports the schema is made from. */
const ROOT_FILES = ["sdk/index.ts", "service/settings/settings.ts"];

/** The sources as the compiler understands them. */
export interface Sources {
  checker: ts.TypeChecker;
  /** Returns the type of an exported interface, type alias, or class. @throws Error if there is none of this name */
  typeNamed: (name: string) => ts.Type;
  /** Returns the declaration of an exported class or function. @throws Error if there is none of this name */
  declarationNamed: (name: string) => ts.Declaration;
}

/** Reads the sources with the options of tsconfig.json. */
export function readSources(): Sources {
  const configFile = join(REPOSITORY_ROOT, "tsconfig.json");
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, REPOSITORY_ROOT);
  const files = ROOT_FILES.map((file) => join(REPOSITORY_ROOT, file));
  const program = ts.createProgram(files, { ...options, types: ["node"] });
  const checker = program.getTypeChecker();
  const exported = new Map(
    files.flatMap((file) => {
      const source = program.getSourceFile(file);
      const module = source && checker.getSymbolAtLocation(source);
      return module === undefined ? [] : checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]);
    }),
  );
  const symbolNamed = (name: string): ts.Symbol => {
    const symbol = exported.get(name);
    if (symbol === undefined) throw new Error(`${ROOT_FILES.join(" and ")} do not export ${name}`);
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  };
  return {
    checker,
    typeNamed: (name) => checker.getDeclaredTypeOfSymbol(symbolNamed(name)),
    declarationNamed: (name) => {
      const [declaration] = symbolNamed(name).declarations ?? [];
      if (declaration === undefined) throw new Error(`${name} has no declaration`);
      return declaration;
    },
  };
}
