import type { components } from "../../../contract/wire.generated";
import type { Report } from "./report";

/** The report as the service's JSON answer. */
export function formatJson({ outcome, expected }: Report): components["schemas"]["FindingsRetrieved"] {
  const { findings, descriptions, coverage } = outcome;
  const data = { findings, descriptions, scanners: [...expected], ...(coverage === undefined ? {} : { coverage }) };
  return { message: "scan_findings_retrieved", data };
}
