import { copyOf } from "../copy-of";
import type { Description } from "../description";
import type { Finding, UndescribedFinding } from "../finding";
import { fingerprintOf } from "../fingerprint";
import type { FindingMaker } from "../report-reading";
import type { Severity } from "../severity";
import type { AcceptableFinding } from "./acceptance";
import type { GateFinding } from "./gate-finding";
import { HeldNames } from "./held-names";
import { shortMasked } from "./short-text";

type Rating = Pick<Description, "severity" | "cvss" | "title">;

const UNRATED: Rating = { severity: "unknown" };

/**
 * All that a gate holds of a finding while there is one in every few hundred bytes of a report: its path is held once, and the
 * words for its place are made for the few that are shown.
 */
export class HeldFinding implements GateFinding, AcceptableFinding {
  readonly fingerprint: string;
  /** `unknown` until it is rated. */
  severity: Severity = "unknown";
  baseScore: number | undefined = undefined;
  worstScore: number;
  title: string;
  readonly scanner: string;
  readonly cveCount: number;
  /** As in the report, neither cut nor safe to print; nothing that goes through all members of an object sees it. */
  readonly #slug: string;
  readonly #path: string | undefined;
  readonly #host: string | undefined;
  readonly #method: string | undefined;
  readonly #parameter: string | undefined;

  constructor(finding: UndescribedFinding, names: HeldNames) {
    const { slug, scanner, information, cves, where } = finding;
    const kind = slug === "" ? undefined : names.of(slug);
    this.fingerprint = fingerprintOf(finding);
    this.worstScore = cves.reduce((worst, { cvssScore }) => Math.max(worst, ratedScore(cvssScore)), 0);
    this.title = kind?.shown ?? shortMasked(information);
    this.scanner = names.of(scanner).shown;
    this.cveCount = cves.length;
    this.#slug = kind?.name ?? "";
    this.#path = where.path === undefined ? undefined : copyOf(where.path);
    this.#host = where.path === undefined && where.host !== undefined ? shortMasked(where.host) : undefined;
    this.#method = where.method === undefined ? undefined : copyOf(where.method);
    this.#parameter = where.parameter === undefined ? undefined : shortMasked(where.parameter);
  }

  get slug(): string {
    return this.#slug;
  }

  get where(): AcceptableFinding["where"] {
    return { path: this.#path };
  }

  get place(): string {
    const address = [this.#method, this.#path ?? this.#host].filter((part) => part !== undefined).join(" ");
    const parts = [
      address === "" ? undefined : shortMasked(address),
      this.#parameter === undefined ? undefined : `parameter ${this.#parameter}`,
    ];
    return parts.filter((part) => part !== undefined).join(", ");
  }

  rate({ severity, cvss, title }: Rating, names: HeldNames): this {
    this.severity = severity;
    this.baseScore = cvss?.baseScore;
    this.worstScore = severity === "unknown" ? WORST_SCORE : Math.max(this.worstScore, ratedScore(cvss?.baseScore));
    if (title !== undefined) this.title = names.of(title).shown;
    return this;
  }
}

/** Holds the findings of one report. */
export class FindingHolder implements FindingMaker<HeldFinding, HeldFinding> {
  readonly #names = new HeldNames();

  readonly keep = (found: UndescribedFinding): HeldFinding => new HeldFinding(found, this.#names);

  readonly make = (kept: HeldFinding, description: Description | undefined): HeldFinding =>
    kept.rate(description ?? UNRATED, this.#names);

  /** One that is held already stays as it is. */
  readonly hold = (finding: Finding | HeldFinding): HeldFinding =>
    finding instanceof HeldFinding ? finding : this.keep(finding).rate(finding, this.#names);
}

const WORST_SCORE = 10;

/** What has no score, or one that CVSS does not have, was rated by nobody: it counts as the worst. */
const ratedScore = (score: number | undefined): number =>
  score !== undefined && score >= 0 && score <= WORST_SCORE ? score : WORST_SCORE;
