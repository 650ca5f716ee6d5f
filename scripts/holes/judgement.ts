import type { Finding } from "pulumi-crashtest/findings";
import { HOLES, isOfKind, shows, type Hole, type ShopCase } from "./holes";

/** What a scan of a shop found. */
export interface ShopScan {
  shop: ShopCase;
  findings: readonly Finding[];
  durationSeconds: number;
}

/** What the scans say of one hole. */
export interface HoleResult {
  hole: Hole;
  /** The finding that showed it in every shop that has it; undefined where one scan missed it. */
  found: Finding | undefined;
  /** The shops in which it was missed. */
  missedIn: readonly string[];
  /** The shops in which it was found although it is mended. */
  stillIn: readonly string[];
}

const REACHES_A_GATE = new Set(["critical", "high", "medium", "unknown"]);

/** Whether each hole was found wherever it is, and nowhere else. */
export function judgeHoles(scans: readonly ShopScan[], holes: readonly Hole[] = HOLES): HoleResult[] {
  return holes.map((hole) => {
    const having = scans.filter(({ shop }) => shop.open.includes(hole.name));
    const mended = scans.filter(({ shop }) => !shop.open.includes(hole.name));
    const isMissed = ({ findings }: ShopScan): boolean => !findings.some((finding) => shows(hole, finding));
    const missedIn = having.filter(isMissed).map(({ shop }) => shop.title);
    const stillIn = mended
      .filter(({ findings }) => findings.some((finding) => isOfKind(hole, finding)))
      .map(({ shop }) => shop.title);
    const first = having[0]?.findings.find((finding) => shows(hole, finding));
    return { hole, found: missedIn.length === 0 ? first : undefined, missedIn, stillIn };
  });
}

/** What is not as it has to be, a line each; empty where all is well. */
export function problemsOf(scans: readonly ShopScan[], results: readonly HoleResult[]): string[] {
  const ofHoles = results.flatMap(({ hole, found, missedIn, stillIn }) => [
    ...missedIn.map((title) => `${hole.name} is there and was not found (shop with ${title})`),
    ...(missedIn.length === 0 && found === undefined ? [`${hole.name} was open in no shop`] : []),
    ...stillIn.map((title) => `${hole.name} is mended and was found all the same (shop with ${title})`),
  ]);
  const ofMended = scans
    .filter(({ shop }) => shop.open.length === 0)
    .flatMap(({ findings }) => findings.filter(({ severity }) => REACHES_A_GATE.has(severity)))
    .map(({ title, slug, severity }) => `the mended shop has a finding of severity ${severity}: ${title ?? slug}`);
  return [...ofHoles, ...ofMended];
}
