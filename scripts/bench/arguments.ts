/** The sizes of the first table of measurements. */
const DEFAULT_SIZES = [50, 200, 1000] as const;
/** From about this size on, a measurement takes minutes, so it is done once. */
const LARGE = 500;
const MEDIUM = 100;

/** What can be measured: real deployments of many projects, and, in simulated time, how a gate asks for its scan. */
const PARTS = ["projects", "polling"] as const;
export type BenchPart = (typeof PARTS)[number];

export interface BenchArguments {
  parts: readonly BenchPart[];
  /** Numbers of projects, without duplicates, in ascending order. */
  sizes: readonly number[];
  /** How often each size is measured. */
  roundsOf: (size: number) => number;
  /** The tarball of an earlier release to compare with, as `npm pack` makes it. @default none */
  earlier: string | undefined;
}

/**
 * Parses `--sizes 50,200`, `--rounds 3`, `--only polling` and `--earlier TARBALL`. Without `--rounds` small sizes are measured five times, 100 and
 * more three times, 500 and more once. Without `--only` all parts are measured.
 * @throws Error with the expected form.
 */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) {
    const [name = "", value] = args.slice(index, index + 2);
    if (!["--sizes", "--rounds", "--only", "--earlier"].includes(name) || value === undefined) {
      throw new Error(
        `"${name}" is unknown or has no value; the options are --sizes 50,200, --rounds 3, --only polling and --earlier pulumi-crashtest-0.1.0.tgz.`,
      );
    }
    values.set(name, value);
  }
  const sizes = values.get("--sizes")?.split(",").map(parseCount("--sizes")) ?? DEFAULT_SIZES;
  const rounds = values.has("--rounds") ? parseCount("--rounds")(values.get("--rounds") ?? "") : undefined;
  return {
    parts: values.has("--only") ? [parsePart(values.get("--only") ?? "")] : PARTS,
    sizes: [...new Set(sizes)].sort((a, b) => a - b),
    earlier: values.get("--earlier"),
    roundsOf: (size) => rounds ?? (size >= LARGE ? 1 : size >= MEDIUM ? 3 : 5),
  };
}

const parseCount =
  (option: string) =>
  (text: string): number => {
    const count = Number(text);
    if (!Number.isInteger(count) || count < 1)
      throw new Error(`${option} must be a whole number of at least 1, not "${text}".`);
    return count;
  };

function parsePart(text: string): BenchPart {
  const part = PARTS.find((name) => name === text);
  if (part === undefined) throw new Error(`--only must be one of ${PARTS.join(", ")}, not "${text}".`);
  return part;
}
