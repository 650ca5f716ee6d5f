import ts from "typescript";
import { TypeTranslator } from "../../../scripts/schema/types";

/** Translates the inputs of an interface `Given` in these sources. A docstring begins a line. */
function translate(text: string, use: "input" | "output" = "input") {
  const file = "given.ts";
  const source = text.replaceAll("/**", "\n/**");
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const host = ts.createCompilerHost({});
  const program = ts.createProgram(
    [file],
    { strict: true, target: ts.ScriptTarget.ES2022, types: [] },
    { ...host, getSourceFile: (name, options) => (name === file ? parsed : host.getSourceFile(name, options)) },
  );
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(parsed);
  const symbol = module && checker.getExportsOfModule(module).find(({ name }) => name === "Given");
  if (symbol === undefined) throw new Error("no Given");
  const translator = new TypeTranslator({ checker });
  return {
    spec: translator.objectOf([checker.getDeclaredTypeOfSymbol(symbol)], "Given", use),
    types: translator.types,
  };
}

test("a property without a docstring is refused", () => {
  expect(() => translate("export interface Given { size: number }")).toThrow("Given.size has no docstring");
});

test("an ID that may be a number is a text, and a union of objects is one object", () => {
  const { spec } = translate(`
    export type Given = { /** One. */ projectId: string | number; webhook?: never; /** All. */ both: boolean }
      | { projectId?: never; /** Two. */ webhook: string; /** All. */ both: boolean };`);

  expect(spec).toEqual({
    type: "object",
    properties: {
      both: { type: "boolean", description: "All." },
      projectId: { type: "string", description: "One." },
      webhook: { type: "string", description: "Two." },
    },
    required: ["both"],
  });
});

test("words are an enumeration where a program writes them, and a text where it reads them", () => {
  const source = `export interface Given { /** When. */ whenRunning: "join" | "restart" }`;

  expect(translate(source)).toEqual({
    spec: expect.objectContaining({
      properties: { whenRunning: { $ref: "#/types/crashtest:index:WhenRunning", description: "When." } },
    }) as unknown,
    types: { "crashtest:index:WhenRunning": { type: "string", enum: [{ value: "join" }, { value: "restart" }] } },
  });
  expect(translate(source, "output").spec.properties).toEqual({
    whenRunning: { type: "string", description: "When. One of `join`, `restart`." },
  });
});

test("a list that has an alternative can be anything, since the SDK for Python fails on it", () => {
  const source = `export interface Given { /** Which. */ accept: string | string[]; /** All. */ all: string[] }`;

  expect(translate(source).spec.properties).toEqual({
    accept: { $ref: "pulumi.json#/Any", description: "Which." },
    all: { type: "array", items: { type: "string" }, description: "All." },
  });
});

test("a type without a name needs one in the table", () => {
  const source = "export interface Given { /** Where. */ place: { /** How far. */ distance: number } }";

  expect(() => translate(source)).toThrow("the type of Given.place needs a name in the table");
});

test("two different types of one name are refused", () => {
  const source = `
    interface A { /** A. */ check: { /** One. */ a: string } }
    export interface Given extends A { /** B. */ basic: { /** C. */ check: { /** Two. */ b: string } } }`;

  expect(() => translate(source)).toThrow("two different types have the name LoginCheck");
});
