/** What the first table of measurements has. */
const DEFAULT_SIZES = [50, 200, 1000] as const;
/** A size takes minutes from about here on, so it is measured once. */
const LARGE = 500;
const MEDIUM = 100;

/** What can be measured: real deployments of many projects, and, in simulated time, how a gate asks for its scan. */
const PARTS = ["projects", "polling"] as const;
export type BenchPart = (typeof PARTS)[number];

export interface BenchArguments {
  parts: readonly BenchPart[];
  /** Numbers of projects, each once, in rising order. */
  sizes: readonly number[];
  /** How often each is measured. */
  roundsOf: (size: number) => number;
}

/**
 * Reads `--sizes 50,200`, `--rounds 3` and `--only polling`. Without `--rounds` small sizes are measured five times, 100 and
 * more three times, 500 and more once. Without `--only` all parts are measured.
 * @throws Error with the form that is asked for.
 */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) {
    const [name = "", value] = args.slice(index, index + 2);
    if (!["--sizes", "--rounds", "--only"].includes(name) || value === undefined) {
      throw new Error(`"${name}" is not understood; the options are --sizes 50,200, --rounds 3 and --only polling.`);
    }
    values.set(name, value);
  }
  const sizes = values.get("--sizes")?.split(",").map(parseCount("--sizes")) ?? DEFAULT_SIZES;
  const rounds = values.has("--rounds") ? parseCount("--rounds")(values.get("--rounds") ?? "") : undefined;
  return {
    parts: values.has("--only") ? [parsePart(values.get("--only") ?? "")] : PARTS,
    sizes: [...new Set(sizes)].sort((a, b) => a - b),
    roundsOf: (size) => rounds ?? (size >= LARGE ? 1 : size >= MEDIUM ? 3 : 5),
  };
}

const parseCount =
  (option: string) =>
  (text: string): number => {
    const count = Number(text);
    if (!Number.isInteger(count) || count < 1) throw new Error(`${option}: "${text}" is no whole number above 0.`);
    return count;
  };

function parsePart(text: string): BenchPart {
  const part = PARTS.find((name) => name === text);
  if (part === undefined) throw new Error(`--only: "${text}" is none of ${PARTS.join(", ")}.`);
  return part;
}
