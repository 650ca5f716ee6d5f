import ts from "typescript";
import { TYPE_MODULE } from "../../provider/dynamic/provider-text";
import { docstringOf } from "./docstring";
import type { FunctionSpec, ObjectTypeSpec, PropertySpec, ResourceSpec } from "./package-spec";
import type { Sources } from "./sources";
import { ONLY_IN_TYPESCRIPT, REPLACING, SECRETS, WITHOUT_DEFAULTS } from "./table";
import type { TypeTranslator } from "./types";

/** Describes the provider: its settings are those of the configuration. */
export function providerOf({ typeNamed }: Sources, translator: TypeTranslator): ResourceSpec {
  const settings = translator.objectOf([typeNamed("Settings")], "provider", "output");
  const properties = marked(settings.properties, "provider");
  const description =
    "The connection to one service, with one account. What is not set here is read from the environment, and never from the " +
    "stack's configuration, which only the default provider has.";
  return { description, type: "object", properties: {}, required: [], inputProperties: properties, requiredInputs: [] };
}

/** Describes a custom resource. A dynamic resource of the same name becomes one of these without being replaced. */
export const resourceOf = (sources: Sources, translator: TypeTranslator, name: string): ResourceSpec => ({
  ...classOf(sources, translator, name),
  aliases: [{ type: `${TYPE_MODULE}:${name}` }],
});

/** Describes a component. */
export const componentOf = (sources: Sources, translator: TypeTranslator, name: string): ResourceSpec => ({
  ...classOf(sources, translator, name),
  isComponent: true,
});

function classOf(sources: Sources, translator: TypeTranslator, name: string): ResourceSpec {
  const owner = `${name}Args`;
  const inputs = translator.objectOf([sources.typeNamed(owner)], owner, "input", ONLY_IN_TYPESCRIPT);
  const outputs = outputsOf(sources, translator, name);
  return {
    description: descriptionOf(sources, name),
    type: "object",
    properties: marked(outputs.properties, name),
    required: outputs.required,
    inputProperties: marked(inputs.properties, owner),
    requiredInputs: inputs.required,
  };
}

/** The outputs of a resource are the public properties of its class that are outputs and not internal. */
function outputsOf({ checker, declarationNamed }: Sources, translator: TypeTranslator, name: string): ObjectTypeSpec {
  const declaration = declarationNamed(name);
  if (!ts.isClassDeclaration(declaration)) throw new Error(`${name} is not a class`);
  const properties: Record<string, PropertySpec> = {};
  const required: string[] = [];
  for (const member of declaration.members) {
    if (!ts.isPropertyDeclaration(member) || !ts.isIdentifier(member.name)) continue;
    const symbol = checker.getSymbolAtLocation(member.name);
    const type = checker.getTypeAtLocation(member);
    if (symbol === undefined || translator.outputArgument(type) === undefined) continue;
    if (docstringOf(symbol, checker).isInternal) continue;
    const property = member.name.text;
    properties[property] = translator.propertyOf([symbol], `${name}.${property}`, "output");
    if (!translator.isOptional(symbol)) required.push(property);
  }
  return { type: "object", properties, required };
}

/** Describes a function of one argument. */
export function functionOf(sources: Sources, translator: TypeTranslator, name: string): FunctionSpec {
  const { checker, declarationNamed } = sources;
  const declaration = declarationNamed(name);
  const [signature] = checker.getTypeAtLocation(declaration).getCallSignatures();
  const [argument] = signature?.getParameters() ?? [];
  const result = signature && checker.getAwaitedType(signature.getReturnType());
  if (argument === undefined || result === undefined) throw new Error(`${name} is not a function of one argument`);
  const inputs = translator.objectOf([checker.getTypeOfSymbol(argument)], name, "input");
  return {
    description: descriptionOf(sources, name),
    inputs: { ...inputs, properties: marked(inputs.properties, name) },
    outputs: translator.objectOf([result], `${name}Result`, "output"),
  };
}

function descriptionOf({ checker, declarationNamed }: Sources, name: string): string {
  const symbol = checker.getTypeAtLocation(declarationNamed(name)).symbol;
  const { text } = docstringOf(symbol, checker);
  if (text === "") throw new Error(`${name} has no docstring`);
  return text;
}

/** Adds what the types of properties cannot say. */
function marked(properties: Readonly<Record<string, PropertySpec>>, owner: string): Record<string, PropertySpec> {
  const entries = Object.entries(properties).map(([name, property]): [string, PropertySpec] => {
    const path = `${owner}.${name}`;
    const { default: byDefault, ...rest } = property;
    const hasDefault = byDefault !== undefined && !WITHOUT_DEFAULTS.has(owner);
    return [
      name,
      {
        ...rest,
        ...(hasDefault && { default: byDefault }),
        ...(SECRETS.has(path) && { secret: true }),
        ...(REPLACING.has(path) && { willReplaceOnChanges: true }),
      },
    ];
  });
  return Object.fromEntries(entries);
}
