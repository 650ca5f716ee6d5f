import ts from "typescript";
import { defaultValue, docstringOf, withDefault } from "./docstring";
import type { ComplexTypeSpec, ObjectTypeSpec, PropertySpec, TypeSpec } from "./package-spec";
import type { Sources } from "./sources";
import { ANY, DESCRIPTIONS, INTEGERS, MEMBER_DESCRIPTIONS, TYPE_NAMES, TYPE_OVERRIDES } from "./table";

/** Words are an enumeration where a program writes them; a text where it reads them, so that a new word breaks no program. */
export type Use = "input" | "output";

/** Translates TypeScript's types, and collects the types that get a name of their own. */
export class TypeTranslator {
  readonly #checker: ts.TypeChecker;
  readonly types: Record<string, ComplexTypeSpec> = {};

  constructor({ checker }: Pick<Sources, "checker">) {
    this.#checker = checker;
  }

  /**
   * Translates the properties of an object; of several alternatives, those of all of them.
   *
   * @param owner what they are properties of, as in the table
   * @param leftOut those that are not translated, as in the table
   * @throws Error if one has no description
   */
  objectOf(
    types: readonly ts.Type[],
    owner: string,
    use: Use,
    leftOut: ReadonlyMap<string, string> = new Map(),
  ): ObjectTypeSpec {
    const alternatives = types.flatMap((type) => (type.isUnion() ? type.types : [type]));
    const names = new Set(alternatives.flatMap((type) => type.getProperties().map(({ name }) => name)));
    const properties: Record<string, PropertySpec> = {};
    const required: string[] = [];
    // The compiler's own order of what stands in no declaration depends on other sources.
    for (const name of [...names].sort()) {
      const path = `${owner}.${name}`;
      if (leftOut.has(path)) continue;
      const symbols = alternatives.map((type) => this.#checker.getPropertyOfType(type, name));
      const given = symbols.filter((symbol) => symbol !== undefined && !this.#isAbsent(symbol)) as ts.Symbol[];
      const [first] = given;
      if (first === undefined) continue;
      properties[name] = this.propertyOf(given, path, use);
      const isAlways = given.length === alternatives.length && given.every((symbol) => !this.isOptional(symbol));
      if (isAlways) required.push(name);
    }
    return { type: "object", properties, required };
  }

  /** Translates a property that has these declarations in the alternatives of its object. */
  propertyOf(symbols: readonly ts.Symbol[], path: string, use: Use): PropertySpec {
    const types = symbols.map((symbol) => this.#checker.getTypeOfSymbol(symbol));
    const docs = symbols.map((symbol) => docstringOf(symbol, this.#checker));
    const found = docs.find(({ text }) => text !== "") ?? docs[0] ?? { text: "", default: undefined };
    const [owner = "", name = ""] = path.split(".");
    const text = found.text === "" ? MEMBER_DESCRIPTIONS[owner]?.(name) : found.text;
    const description = DESCRIPTIONS[path] ?? (text && withDefault({ ...found, text }));
    if (description === undefined) throw new Error(`${path} has no docstring`);
    const words = use === "output" ? this.#words(types.flatMap((type) => this.#partsOf(type))) : undefined;
    const choice = words === undefined ? "" : ` One of ${words.map((word) => `\`${word}\``).join(", ")}.`;
    const value = use === "input" ? defaultValue(found.default) : undefined;
    return {
      ...this.typeOf(types, path, use),
      description: `${description}${choice}`,
      ...(value !== undefined && { default: value }),
    };
  }

  /** Translates a type, or several that a value can have. */
  typeOf(given: readonly ts.Type[], path: string, use: Use): TypeSpec {
    const override = TYPE_OVERRIDES[path];
    if (override !== undefined) return override;
    const parts = given.flatMap((type) => this.#partsOf(type));
    const words = this.#words(parts);
    const texts = words ?? (parts.some(isText) ? [] : undefined);
    const specs: TypeSpec[] = [];
    if (words !== undefined && use === "input" && parts.every((part) => part.isStringLiteral()))
      specs.push(this.#enumeration(words, path));
    else if (texts !== undefined) specs.push({ type: "string" });
    // An ID that may be a number is a text in all languages: it is not counted with.
    else if (parts.some(isNumber)) specs.push({ type: INTEGERS.has(path) ? "integer" : "number" });
    if (parts.some((part) => part.flags & ts.TypeFlags.BooleanLike)) specs.push({ type: "boolean" });
    if (parts.some((part) => part.flags & ts.TypeFlags.Unknown)) specs.push(ANY);
    const objects = parts.filter((part) => part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection));
    const lists = objects.filter((part) => this.#checker.isArrayType(part));
    const others = objects.filter((part) => !lists.includes(part));
    // The SDK for Python fails on a list that has an alternative.
    if (lists.length > 0 && specs.length + others.length > 0) return ANY;
    if (lists.length > 0) specs.push(this.#listOf(lists, path, use));
    if (others.length > 0) specs.push(this.#mapOrObject(others, path, use));
    const [only, ...more] = specs;
    if (only === undefined) throw new Error(`${path} has no type`);
    return more.length === 0 ? only : { oneOf: specs };
  }

  #listOf(lists: readonly ts.Type[], path: string, use: Use): TypeSpec {
    const items = lists.flatMap((list) => this.#checker.getTypeArguments(list as ts.TypeReference));
    return { type: "array", items: this.typeOf(items, path, use) };
  }

  #mapOrObject(types: readonly ts.Type[], path: string, use: Use): TypeSpec {
    const values = types.flatMap((type) => type.getStringIndexType() ?? type.getNumberIndexType() ?? []);
    if (values.length > 0) return { type: "object", additionalProperties: this.typeOf(values, path, use) };
    const property = path.split(".").at(-1) ?? "";
    const [{ symbol } = { symbol: undefined }] = types;
    const ownName = symbol === undefined || symbol.name.startsWith("__") ? undefined : symbol.name;
    const name = TYPE_NAMES[property] ?? ownName;
    if (name === undefined) throw new Error(`the type of ${path} needs a name in the table`);
    const description = symbol && ownName !== undefined ? docstringOf(symbol, this.#checker).text : "";
    const spec = this.objectOf(types, name, use);
    return this.#register(name, description === "" ? spec : { description, ...spec });
  }

  #enumeration(words: readonly string[], path: string): TypeSpec {
    const name = TYPE_NAMES[path.split(".").at(-1) ?? ""];
    if (name === undefined) throw new Error(`the words of ${path} need a name in the table`);
    return this.#register(name, { type: "string", enum: words.map((value) => ({ value })) });
  }

  #register(name: string, spec: ComplexTypeSpec): TypeSpec {
    const token = `crashtest:index:${name}`;
    const known = this.types[token];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(spec)) {
      throw new Error(`two different types have the name ${name}`);
    }
    this.types[token] = spec;
    return { $ref: `#/types/${token}` };
  }

  /** The words that a value is one of; undefined if it can be another text. */
  #words(parts: readonly ts.Type[]): readonly string[] | undefined {
    if (parts.some((part) => part.flags & ts.TypeFlags.String)) return undefined;
    const words = parts.flatMap((part) => (part.isStringLiteral() ? part.value : []));
    return words.length === 0 ? undefined : [...new Set(words)].sort();
  }

  /** What a value can be, without what outputs, promises and absence add to it. */
  #partsOf(type: ts.Type): ts.Type[] {
    if (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) return [];
    const inner = this.outputArgument(type);
    if (inner !== undefined) return this.#partsOf(inner);
    if (!type.isUnion()) return [type];
    const outputs = type.types.filter((part) => this.outputArgument(part) !== undefined);
    return (outputs.length > 0 ? outputs : type.types).flatMap((part) => this.#partsOf(part));
  }

  #argumentOf(type: ts.Type, name: string): ts.Type | undefined {
    if (!(type.flags & ts.TypeFlags.Object) || type.symbol.name !== name) return undefined;
    return this.#checker.getTypeArguments(type as ts.TypeReference)[0];
  }

  /** Returns what an output is of; undefined where a type is no output. */
  outputArgument(type: ts.Type): ts.Type | undefined {
    // An output of something optional is a union of intersections.
    if (type.isUnion()) {
      const each = type.types.map((part) => this.outputArgument(part));
      return each.includes(undefined) ? undefined : each[0];
    }
    const parts = type.isIntersection() ? type.types : [type];
    return parts.map((part) => this.#argumentOf(part, "OutputInstance")).find((argument) => argument !== undefined);
  }

  #isAbsent(symbol: ts.Symbol): boolean {
    const type = this.#checker.getTypeOfSymbol(symbol);
    return this.#partsOf(type).length === 0;
  }

  /** Whether a property may be absent. */
  isOptional(symbol: ts.Symbol): boolean {
    const type = this.#checker.getTypeOfSymbol(symbol);
    return Boolean(symbol.flags & ts.SymbolFlags.Optional) || this.#mayBeUndefined(type);
  }

  #mayBeUndefined(type: ts.Type): boolean {
    const output = this.outputArgument(type);
    if (output !== undefined) return this.#mayBeUndefined(output);
    return type.isUnion() && type.types.some((part) => part.flags & ts.TypeFlags.Undefined);
  }
}

const isText = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.StringLike) !== 0;
const isNumber = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.NumberLike) !== 0;
