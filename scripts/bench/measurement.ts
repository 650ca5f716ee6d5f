/**
 * The ways to create a project, in the order of the table; the others are compared with the last one. `earlier` is the same
 * program as `ours` with the tarball of an earlier release, if one is given; `plugin` is the package's own plugin, and `floor` one
 * that has only what an engine needs.
 */
export const VARIANTS = ["naive", "earlier", "ours", "plugin", "floor"] as const;
export type Variant = (typeof VARIANTS)[number];

/** What is measured. Times in milliseconds; the state is the file of the file backend. */
export const QUANTITIES = ["upMs", "noOpUpMs", "destroyMs", "stateBytes"] as const;
export type Quantity = (typeof QUANTITIES)[number];

export type Measurement = Record<Quantity, number>;

/** One round of one variant. */
export interface Sample extends Measurement {
  variant: Variant;
  projects: number;
}

/** Returns the median; of an even number of values, the mean of the two in the middle. @throws RangeError for no values */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new RangeError("a median of no values");
  return (low + high) / 2;
}

/** Returns the medians of one variant at one size; undefined if it was not measured. */
export function mediansOf(samples: readonly Sample[], variant: Variant, projects: number): Measurement | undefined {
  const own = samples.filter((sample) => sample.variant === variant && sample.projects === projects);
  if (own.length === 0) return undefined;
  const of = (quantity: Quantity): number => median(own.map((sample) => sample[quantity]));
  return { upMs: of("upMs"), noOpUpMs: of("noOpUpMs"), destroyMs: of("destroyMs"), stateBytes: of("stateBytes") };
}

/** Returns the smallest of the rounds; undefined if nothing was measured. */
export function fastestOf(
  samples: readonly Sample[],
  variant: Variant,
  projects: number,
  quantity: Quantity,
): number | undefined {
  const own = samples.filter((sample) => sample.variant === variant && sample.projects === projects);
  return own.length === 0 ? undefined : Math.min(...own.map((sample) => sample[quantity]));
}

/** Returns the order of a round: each variant is first in turn, so that none always has the warmer machine. */
export function orderOf(round: number, variants: readonly Variant[]): Variant[] {
  const first = round % variants.length;
  return [...variants.slice(first), ...variants.slice(0, first)];
}
