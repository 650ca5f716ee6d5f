import { SCANS_PER_LENGTH, type PollingFigures, type PollingResult } from "./polling";

const NAME_COLUMN = 8;
const COLUMN = 22;
const HEADS = ["polls", "one-minute: polls", "delay", "one-minute: delay"] as const;

/** Formats the table of `comparePolling`: per scan length, the gate's plan and a poll every minute. */
export function formatPolling(results: readonly PollingResult[]): string[] {
  return [
    `polling in simulated time, ${SCANS_PER_LENGTH} scans of each length: the mean, with the maximum or the worst in brackets`,
    row("scan", HEADS),
    ...results.map(({ name, plan, fixed }) =>
      row(name, [formatPolls(plan), formatPolls(fixed), formatDelay(plan), formatDelay(fixed)]),
    ),
  ];
}

const formatPolls = ({ meanPolls, mostPolls }: PollingFigures): string => `${meanPolls.toFixed(1)} (${mostPolls})`;

const formatDelay = ({ meanDelayMs, worstDelayMs }: PollingFigures): string =>
  `${(meanDelayMs / 1_000).toFixed(1)} s (${(worstDelayMs / 1_000).toFixed(1)} s)`;

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(NAME_COLUMN)}${cells.map((cell) => cell.padStart(COLUMN)).join("")}`;
}
