import type { ServiceScanner } from "../scanners/scanner";

/**
 * The display names of the scanners, as in the service's reports; ASSUMED: those of `cve` and `portscan`. Readers of its XML
 * take a title that contains the letters CVE for a CVE number.
 */
export const SCANNER_TITLES: Readonly<Record<ServiceScanner, string>> = {
  commandinjection: "Command Injection",
  csrf: "Cross-Site Request Forgery (CSRF)",
  cve: "Known Vulnerabilities",
  deserialization: "Deserialization",
  fileinclusion: "File Inclusion",
  fingerprinting: "Fingerprinting",
  fuzzer: "Fuzzer",
  portscan: "Port Scan",
  sqlinjection: "SQL Injection",
  ssl: "Transport Layer Security (TLS/SSL)",
  xss: "Cross-Site Scripting (XSS)",
  xxe: "XML External Entity (XXE)",
};
