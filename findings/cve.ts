import { asObject, definedFields, fieldsBut, type JsonObject } from "./json-fields";
import type { LeftOutFields } from "./left-out-fields";

/** A published weakness of a product that a scanner recognised. */
export interface Cve {
  /** Its number, such as `CVE-2020-0001`; empty where the report names none. */
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

/** @throws ReportParseError if it is no object. */
export function parseCve(value: unknown, path: string, leftOut: LeftOutFields): Cve {
  const wire = asObject(value, path);
  return {
    id: leftOut.text(wire, "cve_id", path) ?? "",
    additional: fieldsBut(wire, KNOWN),
    ...definedFields({
      cvssScore: leftOut.number(wire, "cvss", path),
      information: leftOut.text(wire, "information", path),
      product: leftOut.text(wire, "product", path),
      version: leftOut.text(wire, "version", path),
    }),
  };
}
