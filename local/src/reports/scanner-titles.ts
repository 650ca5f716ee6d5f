import type { ServiceScanner } from "../scanners/scanner";

/** The scanners as people read them. Only that of `ssl` was seen in a report of the service; ASSUMED: the others. */
export const SCANNER_TITLES: Readonly<Record<ServiceScanner, string>> = {
  commandinjection: "Command Injection",
  csrf: "Cross-Site Request Forgery (CSRF)",
  cve: "Known Vulnerabilities (CVE)",
  deserialization: "Insecure Deserialization",
  fileinclusion: "File Inclusion",
  fingerprinting: "Fingerprinting",
  fuzzer: "Fuzzer",
  portscan: "Port Scan",
  sqlinjection: "SQL Injection",
  ssl: "Transport Layer Security (TLS/SSL)",
  xss: "Cross-Site Scripting (XSS)",
  xxe: "XML External Entities (XXE)",
};
