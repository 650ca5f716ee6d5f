/** The parts of Pulumi's package schema that this package uses. */
export interface PackageSpec {
  name: string;
  version: string;
  displayName: string;
  description: string;
  keywords: readonly string[];
  homepage: string;
  license: string;
  attribution: string;
  repository: string;
  logoUrl: string;
  pluginDownloadURL: string;
  publisher: string;
  namespace: string;
  meta: { moduleFormat: string };
  language: Readonly<Record<string, unknown>>;
  config: { variables: Record<string, PropertySpec> };
  types: Record<string, ComplexTypeSpec>;
  provider: ResourceSpec;
  resources: Record<string, ResourceSpec>;
  functions: Record<string, FunctionSpec>;
}

export interface TypeSpec {
  type?: "string" | "number" | "integer" | "boolean" | "array" | "object";
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  $ref?: string;
  oneOf?: readonly TypeSpec[];
}

export interface PropertySpec extends TypeSpec {
  description: string;
  default?: string | number | boolean;
  secret?: true;
  willReplaceOnChanges?: true;
}

export interface ObjectTypeSpec {
  description?: string;
  type: "object";
  properties: Record<string, PropertySpec>;
  required: readonly string[];
}

export interface EnumTypeSpec {
  description?: string;
  type: "string";
  enum: readonly { name?: string; value: string }[];
}

export type ComplexTypeSpec = ObjectTypeSpec | EnumTypeSpec;

export interface ResourceSpec extends ObjectTypeSpec {
  description: string;
  inputProperties?: Record<string, PropertySpec>;
  requiredInputs?: readonly string[];
  isComponent?: true;
  isOverlay?: true;
  aliases?: readonly { type: string }[];
}

export interface FunctionSpec {
  description: string;
  inputs: Omit<ObjectTypeSpec, "description">;
  outputs: Omit<ObjectTypeSpec, "description">;
}
