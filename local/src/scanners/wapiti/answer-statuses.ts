/** How often the target answered with each status. */
export type StatusCounts = ReadonlyMap<number, number>;

/** Returns whether a status means that the target refused: too many requests, or a server error. */
export const isRefusal = (status: number): boolean => status === 429 || status >= 500;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Returns why the answers to a module's requests prove nothing (most were refusals), or undefined. */
export function troubleOfAnswers(counts: StatusCounts): string | undefined {
  const refusals = [...counts].filter(([status]) => isRefusal(status)).sort(([one], [other]) => one - other);
  const refused = sum(refusals.map(([, count]) => count));
  const total = sum([...counts.values()]);
  if (refused * 2 <= total) return undefined;
  const statuses = refusals.map(([status]) => status).join(" or ");
  return `the target answered ${statuses} to ${refused} of the module's ${total} requests`;
}

/** Counts statuses per module that was running when they arrived. */
export class ModuleAnswers {
  readonly #counts = new Map<string, Map<number, number>>();

  add(module: string, status: number): void {
    const counts = this.#counts.get(module) ?? new Map<number, number>();
    counts.set(status, (counts.get(status) ?? 0) + 1);
    this.#counts.set(module, counts);
  }

  /** Returns the counts of a module; empty if it had no answer. */
  of(module: string): StatusCounts {
    return this.#counts.get(module) ?? new Map<number, number>();
  }
}
