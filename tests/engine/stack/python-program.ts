import type { YamlProgram, YamlResource } from "./plugin-stack";

/** Returns the program in Python that declares the same resources and outputs as one in YAML, in the same order. */
export const pythonProgram = ({ resources, outputs = {} }: YamlProgram): string =>
  [
    "import pulumi",
    "import pulumi_crashtest as crashtest",
    ...Object.entries(resources).map(([name, resource]) => `${name} = ${construction(name, resource)}`),
    ...Object.entries(outputs).map(([name, value]) => `pulumi.export(${JSON.stringify(name)}, ${python(value)})`),
    "",
  ].join("\n");

function construction(name: string, { type, properties, options }: YamlResource): string {
  const className = type === "pulumi:providers:crashtest" ? "Provider" : type.replace("crashtest:", "");
  const opts = options === undefined ? [] : [`opts=pulumi.ResourceOptions(${keywords(options).join(", ")})`];
  return `crashtest.${className}(${[JSON.stringify(name), ...keywords(properties), ...opts].join(", ")})`;
}

const keywords = (values: object = {}): string[] =>
  Object.entries(values).map(([name, value]) => `${snakeCase(name)}=${python(value)}`);

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A resource, or an output of one, as the whole of a value. */
const REFERENCE = /^\$\{([\w.]+)\}$/;

/** Keys within a value stay as they are: those of maps are the user's, and the SDK takes a type's names of the schema, too. */
function python(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}: ${python(inner)}`)
      .join(", ")}}`;
  }
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  const [, reference] = typeof value === "string" ? (REFERENCE.exec(value) ?? []) : [];
  return reference === undefined ? JSON.stringify(value) : snakeCase(reference);
}
