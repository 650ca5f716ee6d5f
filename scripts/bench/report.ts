import {
  fastestOf,
  median,
  mediansOf,
  VARIANTS,
  type Measurement,
  type Quantity,
  type Sample,
  type Variant,
} from "./measurement";

interface Goal {
  variant: Variant;
  quantity: Quantity;
  limit: number;
}

/** The project's goals: compared with the floor. */
const GOALS: readonly Goal[] = [
  { variant: "ours", quantity: "upMs", limit: 1.15 },
  { variant: "ours", quantity: "stateBytes", limit: 1.3 },
  { variant: "plugin", quantity: "upMs", limit: 1.1 },
  { variant: "plugin", quantity: "noOpUpMs", limit: 1.1 },
  { variant: "plugin", quantity: "destroyMs", limit: 1.1 },
  { variant: "plugin", quantity: "stateBytes", limit: 1.02 },
];

const NAMES: Readonly<Record<Quantity, string>> = {
  upMs: "up",
  noOpUpMs: "no-op up",
  destroyMs: "destroy",
  stateBytes: "state",
};

/** What grows with the number of projects. */
const GROWING: readonly Quantity[] = ["upMs", "stateBytes"];

const COLUMN = 18;
const NAME_COLUMN = 8;

/** Formats the tables of a run: medians per size with their ratio to the floor, how the ratios grow, and the goals. */
export function formatReport(samples: readonly Sample[]): string[] {
  const sizes = [...new Set(samples.map(({ projects }) => projects))].sort((a, b) => a - b);
  return [
    ...sizes.flatMap((size) => [...formatSize(samples, size), ""]),
    ...GROWING.flatMap((quantity) => [...formatGrowth(samples, sizes, quantity), ""]),
    ...GOALS.flatMap((goal) => sizes.map((size) => formatGoal(samples, size, goal))),
    ...sizes.flatMap((size) => formatBesideEarlier(samples, size)),
  ];
}

function formatBesideEarlier(samples: readonly Sample[], size: number): string[] {
  const [own, earlier] = [mediansOf(samples, "ours", size), mediansOf(samples, "earlier", size)];
  if (own === undefined || earlier === undefined) return [];
  const [up, noOp, destroy] = (["upMs", "noOpUpMs", "destroyMs"] as const).map((quantity) =>
    (own[quantity] / earlier[quantity]).toFixed(2),
  );
  return [`ours, ${size} projects, times the earlier release: up ${up}, no-op up ${noOp}, destroy ${destroy}`];
}

function formatSize(samples: readonly Sample[], size: number): string[] {
  const rounds = samples.filter(({ projects, variant }) => projects === size && variant === "ours").length;
  const title = `${size} projects, median of ${rounds} ${rounds === 1 ? "round" : "rounds"} (in brackets: times the floor)`;
  const floor = mediansOf(samples, "floor", size);
  const rows = VARIANTS.flatMap((variant) => {
    const own = mediansOf(samples, variant, size);
    if (!own) return [];
    const cells = (["upMs", "noOpUpMs", "destroyMs", "stateBytes"] as const).map((quantity) =>
      formatCell(own, floor, quantity),
    );
    return [row(variant, cells)];
  });
  return [title, row("", ["up", "no-op up", "destroy", "state"]), ...rows];
}

function formatCell(own: Measurement, floor: Measurement | undefined, quantity: Quantity): string {
  const value = quantity === "stateBytes" ? formatBytes(own[quantity]) : `${(own[quantity] / 1000).toFixed(1)} s`;
  return floor ? `${value} (${(own[quantity] / floor[quantity]).toFixed(2)})` : value;
}

function formatGrowth(samples: readonly Sample[], sizes: readonly number[], quantity: Quantity): string[] {
  const perProject = quantity === "stateBytes" ? "bytes" : "ms";
  const head = row(
    "",
    sizes.map((size) => `${size}`),
  );
  const measured = VARIANTS.filter((variant) => samples.some((sample) => sample.variant === variant));
  const rows = measured.map((variant) => {
    const cells = sizes.map((size) => {
      const value = mediansOf(samples, variant, size)?.[quantity];
      const ratio = ratioToFloor(samples, variant, size, quantity);
      return value === undefined ? "-" : `${Math.round(value / size)} (${ratio?.toFixed(2) ?? "-"})`;
    });
    return row(variant, cells);
  });
  return [
    `${NAMES[quantity]}: ${perProject} per project as the number of projects grows (in brackets: times the floor)`,
    head,
    ...rows,
  ];
}

function ratioToFloor(
  samples: readonly Sample[],
  variant: Variant,
  size: number,
  quantity: Quantity,
): number | undefined {
  const own = mediansOf(samples, variant, size)?.[quantity];
  const floor = mediansOf(samples, "floor", size)?.[quantity];
  return own === undefined || floor === undefined ? undefined : own / floor;
}

function formatGoal(samples: readonly Sample[], size: number, { variant, quantity, limit }: Goal): string {
  const ratio = ratioToFloor(samples, variant, size, quantity);
  const own = fastestOf(samples, variant, size, quantity);
  const floor = fastestOf(samples, "floor", size, quantity);
  const what = `${variant}, ${NAMES[quantity]} of ${size}`;
  if (ratio === undefined || own === undefined || floor === undefined) return `${what}: not measured`;
  const place = ratio <= limit ? "within" : "ABOVE";
  // Other work on the machine only ever adds time, so the best rounds still compare if the medians are noisy.
  const best = quantity === "stateBytes" ? "" : ` (best rounds: ${(own / floor).toFixed(2)})`;
  return `${what} projects: ${ratio.toFixed(2)} times the floor, ${place} the goal of ${limit}${best}`;
}

/** Formats the line about times in milliseconds, which may have a goal of their own. */
export function formatTimes(what: string, times: readonly number[], goalMs?: number): string {
  const medianMs = median(times);
  const line = `${what}: ${Math.round(medianMs)} ms (best: ${Math.round(Math.min(...times))} ms)`;
  return goalMs === undefined ? line : `${line}, ${medianMs <= goalMs ? "within" : "ABOVE"} the goal of ${goalMs} ms`;
}

function formatBytes(bytes: number): string {
  const KILO = 1000;
  return bytes < KILO * KILO ? `${Math.round(bytes / KILO)} KB` : `${(bytes / KILO / KILO).toFixed(2)} MB`;
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(NAME_COLUMN)}${cells.map((cell) => cell.padStart(COLUMN)).join("")}`;
}
