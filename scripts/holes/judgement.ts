import type { Finding } from "pulumi-crashtest/findings";
import { HOLES, isOfKind, isReached, shows, type Hole, type ShopCase } from "./holes";

/** The result of a shop's scan. */
export interface ShopScan {
  shop: ShopCase;
  findings: readonly Finding[];
  durationSeconds: number;
}

/** What the scans say about one hole. */
export interface HoleResult {
  hole: Hole;
  /** The finding that revealed it in every shop that has it; undefined if a scan missed it. */
  found: Finding | undefined;
  /** The shops in which it was missed. */
  missedIn: readonly string[];
  /** The shops in which it was found although it is fixed. */
  stillIn: readonly string[];
  /** Whether it was found without login and document. */
  isFoundWithout: boolean;
}

const REACHES_A_GATE = new Set(["critical", "high", "medium", "unknown"]);

/** Judges whether each hole was found wherever it is open, and nowhere else. */
export function judgeHoles(scans: readonly ShopScan[], holes: readonly Hole[] = HOLES): HoleResult[] {
  return holes.map((hole) => {
    const isOpen = ({ shop }: ShopScan): boolean => shop.open.includes(hole.name);
    const isShown = ({ findings }: ShopScan): boolean => findings.some((finding) => shows(hole, finding));
    const having = scans.filter((scan) => isOpen(scan) && isReached(hole, scan.shop));
    const mended = scans.filter((scan) => !isOpen(scan));
    const missedIn = having.filter((scan) => !isShown(scan)).map(({ shop }) => shop.title);
    const stillIn = mended
      .filter(({ findings }) => findings.some((finding) => isOfKind(hole, finding)))
      .map(({ shop }) => shop.title);
    const first = having[0]?.findings.find((finding) => shows(hole, finding));
    const isFoundWithout = scans.some((scan) => isOpen(scan) && !scan.shop.isLoggedIn && isShown(scan));
    return { hole, found: missedIn.length === 0 ? first : undefined, missedIn, stillIn, isFoundWithout };
  });
}

/** Returns the problems, a line each; empty if everything is as expected. */
export function problemsOf(scans: readonly ShopScan[], results: readonly HoleResult[]): string[] {
  const ofHoles = results.flatMap(({ hole, found, missedIn, stillIn, isFoundWithout }) => [
    ...missedIn.map((title) => `${hole.name} is open but was not found (shop with ${title})`),
    ...(missedIn.length === 0 && found === undefined ? [`${hole.name} was open in no shop`] : []),
    ...stillIn.map((title) => `${hole.name} is fixed but was still found (shop with ${title})`),
    ...(hole.needs !== undefined && isFoundWithout ? [`${hole.name} was found without the ${hole.needs}`] : []),
  ]);
  const ofMended = scans
    .filter(({ shop }) => shop.open.length === 0)
    .flatMap(({ findings }) => findings.filter(({ severity }) => REACHES_A_GATE.has(severity)))
    .map(({ title, slug, severity }) => `the fixed shop has a finding of severity ${severity}: ${title ?? slug}`);
  return [...ofHoles, ...ofMended];
}
