import type { AcceptedFinding } from "./accepted-finding";

/** What an acceptance knows a finding by, beside its fingerprint. */
export interface AcceptableFinding {
  readonly slug: string;
  readonly where: { readonly path?: string | undefined };
}

/** What acceptances make of the findings of a scan. */
export interface AppliedAcceptances<Found = AcceptableFinding> {
  /** The findings that count. */
  counted: readonly Found[];
  /** The findings that do not. */
  accepted: readonly Found[];
  /** Entries that have expired and match a finding that counts. */
  expired: readonly AcceptedFinding[];
  /** Entries that match no finding at all, expired or not. */
  unmatched: readonly AcceptedFinding[];
}

/**
 * Parts the findings that count from those that somebody has accepted. One entry that matches and has not expired is
 * enough. At a time that is none, every entry has expired.
 */
export function applyAcceptances<Found extends AcceptableFinding>(
  findings: readonly Found[],
  acceptances: readonly AcceptedFinding[],
  now: Date,
  fingerprintOf: (finding: Found) => string,
): AppliedAcceptances<Found> {
  const matches = (entry: AcceptedFinding, finding: Found): boolean =>
    isMeant(entry, finding) && ("slug" in entry || entry.finding === fingerprintOf(finding));
  const isMatched = (entry: AcceptedFinding, among: readonly Found[]): boolean =>
    among.some((finding) => matches(entry, finding));
  const good = acceptances.filter((entry) => !hasExpired(entry, now));
  const isAccepted = (finding: Found): boolean => good.some((entry) => matches(entry, finding));
  const counted = findings.filter((finding) => !isAccepted(finding));
  return {
    counted,
    accepted: findings.filter(isAccepted),
    // A good one would have accepted what it matches.
    expired: acceptances.filter((entry) => isMatched(entry, counted)),
    unmatched: acceptances.filter((entry) => !isMatched(entry, findings)),
  };
}

/** Whether an entry may speak for a finding, its fingerprint apart. */
function isMeant(entry: AcceptedFinding, { slug, where }: AcceptableFinding): boolean {
  if (entry.where !== undefined && entry.where !== where.path) return false;
  // A finding without a slug is of no kind, so that no entry speaks for its kind.
  return !("slug" in entry) || (slug !== "" && entry.slug === slug);
}

const DAY_MS = 24 * 3_600 * 1_000;

/** The comparison is false for what is no time, on either side: then the entry has expired. */
export const hasExpired = ({ expires }: Pick<AcceptedFinding, "expires">, now: Date): boolean =>
  !(now.getTime() < Date.parse(`${expires}T00:00:00.000Z`) + DAY_MS);
