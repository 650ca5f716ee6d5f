import type { Finding, UndescribedFinding } from "../finding";
import type { FindingMaker } from "../report-reading";
import type { AcceptableFinding } from "./acceptance";
import { gateFindingOf, HeldFinding, rate, type GateFinding } from "./gate-finding";

/** All that a gate holds of a finding, whatever stands in the report: it has to have room for hundreds of thousands. */
export interface RecognisedFinding extends AcceptableFinding {
  readonly finding: GateFinding;
}

/** What a gate needs of a finding; one that is recognised already stays as it is. */
export const recognise = (finding: Finding | RecognisedFinding): RecognisedFinding =>
  "finding" in finding ? finding : recognised(finding, gateFindingOf(finding));

/** Recognises findings as a report is read. */
export const RECOGNISED: FindingMaker<RecognisedFinding, RecognisedFinding> = {
  keep: (found) => recognised(found, new HeldFinding(found)),
  make: (kept, description) => {
    rate(kept.finding, description ?? UNRATED);
    return kept;
  },
};

const UNRATED = { severity: "unknown" } as const;

const recognised = ({ slug }: UndescribedFinding, finding: HeldFinding): RecognisedFinding => ({
  slug,
  where: finding,
  finding,
});
