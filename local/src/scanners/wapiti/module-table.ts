import type { ServiceScanner } from "../scanner";

/** One module of the scanner: where its findings go, and whether a run uses it. */
export interface ModuleEntry {
  scanner: ServiceScanner;
  /** Why a run does not use it unless it is requested by name; undefined if a run uses it. */
  whyNot?: string;
  /** Whether it connects to other hosts, or looks up names, bypassing the proxy: a run never uses it. */
  isUnheld?: boolean;
  /** The only release that has it; absent if both have it. */
  onlyIn?: string;
}

/** The release that runs some modules on the pages of the crawl instead of starting them; no line reports their start. */
export const RELEASE_WITH_PASSIVE_MODULES = "3.3.2";
const NEWER = RELEASE_WITH_PASSIVE_MODULES;

const DATABASE = "it downloads a database from another host";
const ONE_KIND =
  "it knows only some content management systems: finding nothing would look like a clean fingerprinting";
const FLAT_ADDRESS = "targets are often plain http on this machine, and every page would be reported for it";

/**
 * Every module of the releases 3.2.3 and 3.3.2, those that a run uses first, in the order in which they are requested.
 * The service's `portscan` and `deserialization` have none.
 */
export const MODULES = {
  xss: { scanner: "xss" },
  permanentxss: { scanner: "xss" },
  sql: { scanner: "sqlinjection" },
  file: { scanner: "fileinclusion" },
  exec: { scanner: "commandinjection" },
  shellshock: { scanner: "commandinjection" },
  xxe: { scanner: "xxe" },
  csrf: { scanner: "csrf" },
  ldap: { scanner: "fuzzer" },
  redirect: { scanner: "fuzzer" },
  crlf: { scanner: "fuzzer" },
  upload: { scanner: "fuzzer" },
  backup: { scanner: "fuzzer" },
  http_headers: { scanner: "ssl" },
  cookieflags: { scanner: "ssl" },
  csp: { scanner: "ssl" },
  information_disclosure: { scanner: "fuzzer", onlyIn: NEWER },
  stacktrace_disclosure: { scanner: "fuzzer", onlyIn: NEWER },
  inconsistent_redirection: { scanner: "fuzzer", onlyIn: NEWER },

  brute_login_form: { scanner: "fuzzer", whyNot: "it guesses passwords, which locks accounts" },
  buster: { scanner: "fuzzer", whyNot: "it requests 31,000 names in each folder, which takes too long" },
  cms: { scanner: "fingerprinting", whyNot: ONE_KIND },
  htaccess: {
    scanner: "fuzzer",
    whyNot: "it uses an invented HTTP method, which the proxy's HTTP parser does not pass on: it would find nothing",
  },
  htp: { scanner: "fingerprinting", whyNot: DATABASE },
  https_redirect: {
    scanner: "ssl",
    whyNot: `${FLAT_ADDRESS}; in 3.2.3 it connects to the target bypassing the proxy`,
    isUnheld: true,
  },
  log4shell: {
    scanner: "cve",
    whyNot: "it needs an external name server that the target can query, and looks up names bypassing the proxy",
    isUnheld: true,
  },
  methods: { scanner: "fuzzer", whyNot: "it sends DELETE and PUT to every page, which may destroy something" },
  network_device: {
    scanner: "fingerprinting",
    whyNot: "it looks for the pages of routers and firewalls, not web applications",
  },
  nikto: { scanner: "fuzzer", whyNot: DATABASE },
  printer: {
    scanner: "fingerprinting",
    whyNot: "it looks for the pages of printers, not web applications",
    onlyIn: NEWER,
  },
  spring4shell: {
    scanner: "cve",
    whyNot: "it reports every application that answers an unknown parameter with an error",
  },
  ssl: {
    scanner: "ssl",
    whyNot: "it needs the program sslscan, silently does nothing if that is missing, and connects bypassing the proxy",
    isUnheld: true,
  },
  ssrf: { scanner: "fuzzer", whyNot: "it needs an external endpoint that the target can reach" },
  takeover: {
    scanner: "fuzzer",
    whyNot: "it looks up thousands of subdomains of the target and contacts other hosts, bypassing the proxy",
    isUnheld: true,
  },
  timesql: {
    scanner: "sqlinjection",
    whyNot: "it waits 11 seconds for each successful attempt; sql finds most of the same holes without waiting",
  },
  unsecure_password: { scanner: "ssl", whyNot: FLAT_ADDRESS, onlyIn: NEWER },
  wapp: { scanner: "fingerprinting", whyNot: DATABASE },
  wp_enum: { scanner: "fingerprinting", whyNot: ONE_KIND },
} as const satisfies Readonly<Record<string, ModuleEntry>>;
