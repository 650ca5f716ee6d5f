import {
  asObject,
  asString,
  definedFields,
  fieldOf,
  fieldsBut,
  optionalNumber,
  optionalString,
  type JsonObject,
} from "./json-fields";
import { childPath } from "./json-path";

/** A published weakness of a product that a scanner recognised. */
export interface Cve {
  /** Its number, such as `CVE-2020-0001`. */
  readonly id: string;
  /** The CVSS score that the report gives it, 0 to 10. Its metrics are those of CVSS v2, so it has no severity here. */
  readonly cvssScore?: number;
  /** What it is about. */
  readonly information?: string;
  /** The product, as the database of weaknesses names it. */
  readonly product?: string;
  /** The version that was recognised. */
  readonly version?: string;
  /** All other fields, as they came. */
  readonly additional: JsonObject;
}

const KNOWN = new Set(["cve_id", "cvss", "information", "product", "version"]);

/** @throws ReportParseError if it has no ID, or a field has another type than agreed. */
export function parseCve(value: unknown, path: string): Cve {
  const wire = asObject(value, path);
  return {
    id: asString(fieldOf(wire, "cve_id"), childPath(path, "cve_id")),
    additional: fieldsBut(wire, KNOWN),
    ...definedFields({
      cvssScore: optionalNumber(wire, "cvss", path),
      information: optionalString(wire, "information", path),
      product: optionalString(wire, "product", path),
      version: optionalString(wire, "version", path),
    }),
  };
}
