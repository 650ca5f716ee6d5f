import { plainTable } from "../plain-text";
import type { Severity } from "../severity";

/** The engine's own colours: it alone knows whether its output takes any (a terminal, `--color`, `NO_COLOR`). */
export const TABLE_COLORS: Readonly<Record<Severity, string>> = {
  critical: "<{%fg 1%}>",
  high: "<{%fg 1%}>",
  medium: "<{%fg 3%}>",
  low: "<{%fg 4%}>",
  info: "<{%reset%}>",
  unknown: "<{%fg 5%}>",
};
export const RESET = "<{%reset%}>";

/** Text that may hold a table of findings, made safe to print: no colour is in it but those of the table. */
export const plainTableOf = (text: string): string => plainTable(text, [...Object.values(TABLE_COLORS), RESET]);
