import type { Finding } from "../finding";
import type { AcceptedFinding } from "./accepted-finding";

/** What acceptances make of the findings of a scan. */
export interface AppliedAcceptances {
  /** The findings that count. */
  counted: readonly Finding[];
  /** The findings that do not. */
  accepted: readonly Finding[];
  /** Entries that have expired and match a finding that counts. */
  expired: readonly AcceptedFinding[];
  /** Entries that match no finding at all, expired or not. */
  unmatched: readonly AcceptedFinding[];
}

/**
 * Parts the findings that count from those that somebody has accepted. One entry that matches and has not expired is
 * enough. At a time that is none, every entry has expired.
 */
export function applyAcceptances(
  findings: readonly Finding[],
  acceptances: readonly AcceptedFinding[],
  now: Date,
  fingerprintOf: (finding: Finding) => string,
): AppliedAcceptances {
  const recognised = findings.map((finding) => ({ finding, fingerprint: fingerprintOf(finding) }));
  const isMatched = (entry: AcceptedFinding, among: readonly Recognised[]): boolean =>
    among.some((candidate) => matches(entry, candidate));
  const good = acceptances.filter((entry) => !hasExpired(entry, now));
  const isAccepted = (candidate: Recognised): boolean => good.some((entry) => matches(entry, candidate));
  const counted = recognised.filter((candidate) => !isAccepted(candidate));
  return {
    counted: counted.map(({ finding }) => finding),
    accepted: recognised.filter(isAccepted).map(({ finding }) => finding),
    // A good one would have accepted what it matches.
    expired: acceptances.filter((entry) => isMatched(entry, counted)),
    unmatched: acceptances.filter((entry) => !isMatched(entry, recognised)),
  };
}

interface Recognised {
  finding: Finding;
  fingerprint: string;
}

function matches(entry: AcceptedFinding, { finding, fingerprint }: Recognised): boolean {
  if (entry.where !== undefined && entry.where !== finding.where.path) return false;
  // A finding without a slug is of no kind, so that no entry speaks for its kind.
  return "slug" in entry ? finding.slug !== "" && entry.slug === finding.slug : entry.finding === fingerprint;
}

const DAY_MS = 24 * 3_600 * 1_000;

/** The comparison is false for what is no time, on either side: then the entry has expired. */
const hasExpired = ({ expires }: AcceptedFinding, now: Date): boolean =>
  !(now.getTime() < Date.parse(`${expires}T00:00:00.000Z`) + DAY_MS);
