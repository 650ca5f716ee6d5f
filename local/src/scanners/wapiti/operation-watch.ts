import type { ApiOperation } from "../api-specification";

/** Answers that do not show that an operation ran: sent elsewhere, as to a login; not allowed, not there, too many, or broken. */
const isUntested = (status: number): boolean =>
  (status >= 300 && status < 400) || [401, 403, 404, 405, 429].includes(status) || status >= 500;

const parameterCountOf = ({ path }: ApiOperation): number => path.split("{").length;

function patternOf({ path }: ApiOperation): RegExp {
  const parts = path.split(/(?:\{[^{}]*\})+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]+")}$`);
}

/** Records which operations of an API the target answered. */
export class OperationWatch {
  readonly #operations: readonly { operation: ApiOperation; pattern: RegExp }[];
  readonly #tested = new Set<ApiOperation>();

  constructor(operations: readonly ApiOperation[]) {
    // A path without parameters comes before one that would match it too.
    this.#operations = [...operations]
      .sort((one, other) => parameterCountOf(one) - parameterCountOf(other))
      .map((operation) => ({ operation, pattern: patternOf(operation) }));
  }

  /** Records an answer; `path` may have a query. */
  add(status: number, { method, path }: { method: string; path: string }): void {
    // A parameter that the scanner put no value in is part of the path.
    if (isUntested(status) || /%7B/i.test(path)) return;
    const bare = path.replace(/[?#].*$/s, "");
    const found = this.#operations.find(({ operation, pattern }) => operation.method === method && pattern.test(bare));
    if (found !== undefined) this.#tested.add(found.operation);
  }

  get counts(): { tested: number; specified: number } {
    return { tested: this.#tested.size, specified: this.#operations.length };
  }

  /** The operations without such an answer, as `GET /orders/{id}`. */
  get untested(): string[] {
    return this.#operations
      .filter(({ operation }) => !this.#tested.has(operation))
      .map(({ operation: { method, path } }) => `${method} ${path}`);
  }
}
