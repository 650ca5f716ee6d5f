import type { LookupAddress } from "node:dns";
import type { IncomingMessage } from "node:http";
import { authorityOf } from "./allowed-target";
import type { LoginSession } from "./login/session";

/** The proxy's traffic so far. */
export interface ProxyCounts {
  /** Requests that were forwarded to the target. */
  forwarded: number;
  /** Requests to anything else; each was reset. */
  refused: number;
  /** Requests to the target that got no answer: not reachable, or connection lost. */
  upstreamFailures: number;
  /** Requests that the target answered with invalid HTTP, as it may if a payload ends up in a header. */
  brokenAnswers: number;
  /** Answers that do not redirect away from the target; each tunnel counts as one, since its content cannot be seen. */
  ownAnswers: number;
}

const HOSTS_KEPT = 20;
const HOST_LENGTH = 120;

/** Records a host, up to a limit. */
export function keep(hosts: Set<string>, host: string): void {
  if (hosts.size < HOSTS_KEPT) hosts.add(host.slice(0, HOST_LENGTH));
}

/** Returns where an answer redirects to beyond the target, as `host:port`. */
function redirectAwayOf({ statusCode = 0, headers }: IncomingMessage, target: URL): string | undefined {
  const { location = "" } = headers;
  if (statusCode < 300 || statusCode >= 400 || !URL.canParse(location, target.href)) return undefined;
  const place = authorityOf(new URL(location, target));
  return place === authorityOf(target) ? undefined : place;
}

/** A request as the proxy saw it; `path` is unchanged, with its query. */
export interface RequestLine {
  method: string;
  path: string;
}

/** What a proxy knows about its target and records of the traffic. */
export interface Watch {
  readonly target: URL;
  /** The only addresses that it connects to. */
  readonly addresses: readonly LookupAddress[];
  readonly counts: ProxyCounts;
  readonly redirectHosts: Set<string>;
  readonly onUpstreamFailure: (count: number) => void;
  readonly onAnswer: (status: number, request: RequestLine) => void;
  /** The login of the scan, if it has one. */
  readonly session: LoginSession | undefined;
  readonly onSessionLost: () => void;
}

/** Counts a request without a usable answer. */
export function countFailure({ counts, onUpstreamFailure }: Watch, kind: "upstreamFailures" | "brokenAnswers"): void {
  counts[kind] += 1;
  if (kind === "upstreamFailures") onUpstreamFailure(counts.upstreamFailures);
}

/** Records the head of an answer of the target. */
export function watch(watched: Watch, answer: IncomingMessage, request: RequestLine): void {
  const { target, counts, redirectHosts, onAnswer } = watched;
  onAnswer(answer.statusCode ?? 0, request);
  const away = redirectAwayOf(answer, target);
  if (away === undefined) counts.ownAnswers += 1;
  else keep(redirectHosts, away);
}
