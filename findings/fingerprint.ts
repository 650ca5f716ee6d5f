import { createHash } from "node:crypto";
import type { Finding } from "./finding";

/** The versions of the fingerprint. Changing one would invalidate every accepted finding. */
const SCHEME = "crashtest-finding-1";
const JUNIT_SCHEME = "crashtest-junit-1";

/** What identifies a finding. */
export type IdentifiedFinding = Pick<Finding, "scanner" | "slug" | "where" | "information"> &
  Partial<Pick<Finding, "testCase" | "cves">>;

/**
 * Returns what identifies a finding across scans: SHA-256, in hex, of scanner, slug, method, path and parameter. If one of the
 * last three is missing, the lasting part of its text is included, so that two cookies on one path are two findings. Host,
 * scheme and query are not part of it: the same issue on staging and in production is one finding.
 *
 * For a finding of an XML (JUnit) report, which has no slug: of scanner, `testCase`, CVE ID, and the lasting part of its message.
 *
 * Users' files of accepted findings contain fingerprints: they never change.
 */
export const fingerprintOf = (finding: IdentifiedFinding): string => identityOf(finding).fingerprint;

export interface FindingIdentity {
  readonly fingerprint: string;
  /**
   * Whether the fingerprint tells it from other findings: those of one test case that have no message all have the same one.
   */
  readonly isRecognisable: boolean;
}

/** As `fingerprintOf`, with what the fingerprint is worth. */
export function identityOf({
  scanner,
  slug,
  information,
  where,
  testCase,
  cves = [],
}: IdentifiedFinding): FindingIdentity {
  const { method, path, parameter, host } = where;
  if (testCase !== undefined) {
    const message = lastingText(information, host);
    const parts = [JUNIT_SCHEME, scanner, testCase, cves[0]?.id ?? null, message];
    return { fingerprint: digestOf(parts), isRecognisable: message !== "" };
  }
  const isComplete = method !== undefined && path !== undefined && parameter !== undefined;
  const text = isComplete ? null : lastingText(information, host);
  const parts = [SCHEME, scanner, slug, method ?? null, path ?? null, parameter ?? null, text];
  return { fingerprint: digestOf(parts), isRecognisable: true };
}

/** Hashes parts as JSON, so that they cannot be confused with each other, nor missing parts with empty ones. */
const digestOf = (parts: readonly (string | null)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");

/** The names of the fingerprints in a SARIF report. They are in users' files and never change. */
export const FINGERPRINT_NAMES = { json: "crashtestFinding/v1", junit: "crashtestJunit/v1" } as const;

export const fingerprintNameOf = ({ testCase }: Pick<Finding, "testCase">): string =>
  FINGERPRINT_NAMES[testCase === undefined ? "json" : "junit"];

/** Starts a scanner's payload, unless a cookie, header or parameter has this name. */
const PAYLOAD = /(?<![\w./-])(?<!(?:name|named|cookie|cookie ?:|header|parameter) ["']?)payloads?(?![\w-])/i;

/** Text in quotes. The apostrophe of `doesn't` is not a quote. */
const QUOTED = /"[^"]*"|(?<!\w)'[^']*'(?!\w)/g;

/** Characters of payloads that names do not contain. */
const MARKUP_OR_CODE = /[<>;$={}|&\\`]/;

const ADDRESS = /(?:https?|wss?|ftp):\/\/[^\s"<>]*/gi;

/** A path at the start of a word, with its query. */
const PATH_AND_QUERY = /(^|[\s"'(])(\/[^\s?#"'(<>]*)(?:[?#][^\s"<>]*)?/g;

/** May follow an address as punctuation of its sentence. */
const PUNCTUATION = ".,;:!?)]}'";

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const LONG_NUMBER = /\d{10,}/g;
const LONG_WORD = /[0-9A-Za-z]{16,}/g;
const LONG_HEX = /[0-9a-f]{16,}/gi;

const MIN_CHANGES = 5;

/** A host has at most 253 characters, and a port. */
const MAX_HOST_LENGTH = 260;

/**
 * Returns the part of a finding's text that is the same in every scan: without payloads, UUIDs and random words, and without
 * host, scheme and query of addresses. Paths, names (of cookies, headers, products), versions and ports stay. Takes linear time.
 *
 * It is part of the fingerprints in users' files: the result for a text never changes.
 *
 * @param host the host of the finding's location; identifies addresses without a scheme
 */
export function lastingText(information: string, host?: string): string {
  const text = information.replace(/\s{2,}|[^\S ]/g, " ");
  const payloadAt = text.search(PAYLOAD);
  const sentence = payloadAt < 0 ? text : text.slice(0, payloadAt);
  return withoutHost(sentence.replace(ADDRESS, pathOf), host)
    .replace(PATH_AND_QUERY, "$1$2")
    .replace(QUOTED, (quoted) => (MARKUP_OR_CODE.test(quoted) ? "" : quoted))
    .replace(UUID, "")
    .replace(LONG_HEX, (word) => (/\d/.test(word) ? "" : word))
    .replace(LONG_NUMBER, "")
    .replace(LONG_WORD, (word) => (isRandom(word) ? "" : word))
    .replace(/ {2,}/g, " ")
    .trim();
}

function pathOf(address: string): string {
  const rest = address.slice(address.indexOf("://") + 3);
  const pathAt = rest.search(/[/?#]/);
  const queryAt = rest.search(/[?#]/);
  const path = pathAt < 0 ? "" : rest.slice(pathAt, queryAt < 0 ? rest.length : queryAt);
  let end = path.length;
  while (end > 0 && PUNCTUATION.includes(path.charAt(end - 1))) end -= 1;
  return path.slice(0, end) || "/";
}

/** Removes the host where it stands alone or starts an address; a host that is a plain word only before a path. */
function withoutHost(text: string, host: string | undefined): string {
  if (host === undefined || host === "" || host.length > MAX_HOST_LENGTH) return text;
  const isEnd = /[.:]/.test(host) ? /^(?![\w:-]|\.\w)/ : /^[/?#]/;
  const [first = "", ...rest] = text.split(host);
  let before = first;
  const kept = rest.map((part) => {
    const isHost = !/[\w.-]/.test(before.slice(-1)) && isEnd.test(part);
    before = part === "" ? host : part;
    return isHost ? part : host + part;
  });
  return first + kept.join("");
}

/** Letters and digits alternate often, unlike in names and versions. */
function isRandom(word: string): boolean {
  const changes = word.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
  return changes >= MIN_CHANGES;
}
