/** How often the target answered with each status. */
export type StatusCounts = ReadonlyMap<number, number>;

/** Whether a status says that the target did not do what was asked: too many requests, or it is not well. */
export const isRefusal = (status: number): boolean => status === 429 || status >= 500;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Why the answers to the requests of a module prove nothing, or undefined: most of them were refusals. */
export function troubleOfAnswers(counts: StatusCounts): string | undefined {
  const refusals = [...counts].filter(([status]) => isRefusal(status)).sort(([one], [other]) => one - other);
  const refused = sum(refusals.map(([, count]) => count));
  const total = sum([...counts.values()]);
  if (refused * 2 <= total) return undefined;
  const statuses = refusals.map(([status]) => status).join(" or ");
  return `the target answered ${statuses} to ${refused} of the module's ${total} requests`;
}

/** Counts of statuses, one for each module that was at work when they came. */
export class ModuleAnswers {
  readonly #counts = new Map<string, Map<number, number>>();

  add(module: string, status: number): void {
    const counts = this.#counts.get(module) ?? new Map<number, number>();
    counts.set(status, (counts.get(status) ?? 0) + 1);
    this.#counts.set(module, counts);
  }

  /** None for a module that had no answer. */
  of(module: string): StatusCounts {
    return this.#counts.get(module) ?? new Map<number, number>();
  }
}
