import type { LookupAddress } from "node:dns";
import type { IncomingMessage } from "node:http";
import { authorityOf } from "./allowed-target";

/** What went through the proxy so far. */
export interface ProxyCounts {
  /** Requests that were passed on to the target. */
  forwarded: number;
  /** Requests to anything else; each was reset. */
  refused: number;
  /** Requests to the target that got no answer: not reachable, or connection lost. */
  upstreamFailures: number;
  /** Requests to which the target answered with something that is no HTTP, as it may where a payload gets into a header. */
  brokenAnswers: number;
  /** Answers that do not redirect away from the target; each tunnel counts as one, for nobody sees what is in it. */
  ownAnswers: number;
}

const HOSTS_KEPT = 20;
const HOST_LENGTH = 120;

/** Remembers a place, while there are few. */
export function keep(hosts: Set<string>, host: string): void {
  if (hosts.size < HOSTS_KEPT) hosts.add(host.slice(0, HOST_LENGTH));
}

/** Where an answer redirects to beyond the target, as `host:port`. */
function redirectAwayOf({ statusCode = 0, headers }: IncomingMessage, target: URL): string | undefined {
  const { location = "" } = headers;
  if (statusCode < 300 || statusCode >= 400 || !URL.canParse(location, target.href)) return undefined;
  const place = authorityOf(new URL(location, target));
  return place === authorityOf(target) ? undefined : place;
}

/** What a proxy knows of its target and keeps of the traffic. */
export interface Watch {
  readonly target: URL;
  /** What it connects to, and to nothing else. */
  readonly addresses: readonly LookupAddress[];
  readonly counts: ProxyCounts;
  readonly redirectHosts: Set<string>;
  readonly onUpstreamFailure: (count: number) => void;
  readonly onAnswer: (status: number) => void;
}

/** Counts a request that came to no usable answer. */
export function countFailure({ counts, onUpstreamFailure }: Watch, kind: "upstreamFailures" | "brokenAnswers"): void {
  counts[kind] += 1;
  if (kind === "upstreamFailures") onUpstreamFailure(counts.upstreamFailures);
}

/** Takes in the head of an answer of the target. */
export function watch({ target, counts, redirectHosts, onAnswer }: Watch, answer: IncomingMessage): void {
  onAnswer(answer.statusCode ?? 0);
  const away = redirectAwayOf(answer, target);
  if (away === undefined) counts.ownAnswers += 1;
  else keep(redirectHosts, away);
}
