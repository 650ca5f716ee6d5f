export type Fields = Readonly<Record<string, unknown>>;
/** Returns what is wrong with the value at `path`; empty if it is valid. */
export type Rule = (value: unknown, path: string) => string[];

export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isName = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";

export const must =
  (isGood: (value: unknown) => boolean, form: string): Rule =>
  (value, path) =>
    isGood(value) ? [] : [`${path} must be ${form}`];

export const listOf =
  (rule: Rule): Rule =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown, index) => rule(item, `${path}[${index}]`))
      : [`${path} must be a list`];

export interface Shape {
  fields: Readonly<Record<string, Rule>>;
  required?: readonly string[];
  /** Whether other fields are allowed, since reports may contain more than is known. */
  isOpen?: boolean;
}

export const shape =
  ({ fields, required = [], isOpen = false }: Shape): Rule =>
  (value, path) => {
    if (!isObject(value)) return [`${path} must be an object`];
    const missing = required.filter((name) => value[name] === undefined).map((name) => `${path}.${name} is missing`);
    const wrong = Object.entries(value).flatMap(([name, field]) => {
      const rule = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (rule !== undefined) return rule(field, `${path}.${name}`);
      return isOpen ? [] : [`${path}.${name} is unknown; expected one of ${Object.keys(fields).join(", ")}`];
    });
    return [...missing, ...wrong];
  };
