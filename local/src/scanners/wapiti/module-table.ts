import type { ServiceScanner } from "../scanner";

/** One module of the scanner: where its findings stand, and whether a run takes it. */
export interface ModuleEntry {
  scanner: ServiceScanner;
  /** Why a run does not take it, unless it is asked for by name; undefined where a run takes it. */
  whyNot?: string;
  /** It connects to other hosts, or to names, without asking the proxy: a run never takes it. */
  isUnheld?: boolean;
  /** The only release that has it; left out where both have it. */
  onlyIn?: string;
}

/** The release that looks at the pages of the crawl with some modules instead of starting them; no line tells of their start. */
export const RELEASE_WITH_PASSIVE_MODULES = "3.3.2";
const NEWER = RELEASE_WITH_PASSIVE_MODULES;

const DATABASE = "it loads a database from another host";
const ONE_KIND = "it knows some content systems only: that it finds nothing would be taken for a clean fingerprinting";
const FLAT_ADDRESS = "targets are often plain http on this machine, where every page would be blamed for it";

/**
 * Every module of the releases 3.2.3 and 3.3.2, those that a run takes first, in the order in which they are asked for.
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
  buster: { scanner: "fuzzer", whyNot: "it asks for 31,000 names in each folder, which takes too long" },
  cms: { scanner: "fingerprinting", whyNot: ONE_KIND },
  htaccess: {
    scanner: "fuzzer",
    whyNot: "it asks with a made-up method, which the proxy's HTTP parser does not pass on: it would find nothing",
  },
  htp: { scanner: "fingerprinting", whyNot: DATABASE },
  https_redirect: {
    scanner: "ssl",
    whyNot: `${FLAT_ADDRESS}; in 3.2.3 it connects to the target past the proxy`,
    isUnheld: true,
  },
  log4shell: {
    scanner: "cve",
    whyNot: "it needs a name server outside that the target can ask, and looks names up past the proxy",
    isUnheld: true,
  },
  methods: { scanner: "fuzzer", whyNot: "it sends DELETE and PUT to every page, which may destroy something" },
  network_device: {
    scanner: "fingerprinting",
    whyNot: "it looks for the pages of routers and firewalls: no web programs",
  },
  nikto: { scanner: "fuzzer", whyNot: DATABASE },
  printer: { scanner: "fingerprinting", whyNot: "it looks for the pages of printers: no web programs", onlyIn: NEWER },
  spring4shell: {
    scanner: "cve",
    whyNot: "it takes every program that answers an unknown parameter with an error for one that has the hole",
  },
  ssl: {
    scanner: "ssl",
    whyNot:
      "it needs the program sslscan, does nothing without a word where that is missing, and connects past the proxy",
    isUnheld: true,
  },
  ssrf: { scanner: "fuzzer", whyNot: "it needs an endpoint outside that the target can ask" },
  takeover: {
    scanner: "fuzzer",
    whyNot: "it looks up thousands of names below the target's and asks other hosts, past the proxy",
    isUnheld: true,
  },
  timesql: {
    scanner: "sqlinjection",
    whyNot: "it waits 11 seconds for each try that works; sql finds most of the same holes without waiting",
  },
  unsecure_password: { scanner: "ssl", whyNot: FLAT_ADDRESS, onlyIn: NEWER },
  wapp: { scanner: "fingerprinting", whyNot: DATABASE },
  wp_enum: { scanner: "fingerprinting", whyNot: ONE_KIND },
} as const satisfies Readonly<Record<string, ModuleEntry>>;
