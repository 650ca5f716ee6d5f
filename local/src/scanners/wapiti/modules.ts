import type { ServiceScanner } from "../scanner";

/** The modules of a run, in the order in which they are asked for. Those that leave the host by nature are not among them. */
export const RUN_MODULES = ["xss", "sql", "file", "csrf", "http_headers", "cookieflags", "exec", "csp"] as const;

/** Modules that do no more than look at the pages of the crawl in a release; no line tells of their start. */
const PASSIVE_MODULES: Readonly<Record<string, readonly string[]>> = {
  "3.3.2": ["http_headers", "cookieflags", "csp", "https_redirect"],
};

/** Those of `modules` that a release runs along with its crawl instead of starting them one by one. */
export function passiveModulesOf(version: string, modules: readonly string[]): string[] {
  return modules.filter((module) => PASSIVE_MODULES[version]?.includes(module));
}

const SCANNER_OF_MODULE: Readonly<Record<string, ServiceScanner>> = {
  sql: "sqlinjection",
  timesql: "sqlinjection",
  exec: "commandinjection",
  shellshock: "commandinjection",
  file: "fileinclusion",
  xss: "xss",
  permanentxss: "xss",
  csrf: "csrf",
  xxe: "xxe",
  ssl: "ssl",
  http_headers: "ssl",
  csp: "ssl",
  cookieflags: "ssl",
  https_redirect: "ssl",
  wapp: "fingerprinting",
  htp: "fingerprinting",
  cms: "fingerprinting",
  log4shell: "cve",
  spring4shell: "cve",
  redirect: "fuzzer",
  crlf: "fuzzer",
  upload: "fuzzer",
  ssrf: "fuzzer",
  backup: "fuzzer",
  methods: "fuzzer",
  ldap: "fuzzer",
};

/** The scanner of the service under which the findings of a module stand; `fuzzer` where the module has no place of its own. */
export function scannerOfModule(module: string): ServiceScanner {
  return SCANNER_OF_MODULE[module] ?? "fuzzer";
}
