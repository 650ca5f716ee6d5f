import type { Severity } from "../severity";
import type { SarifLevel } from "./sarif-log";

const LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  // What nobody rated is not harmless.
  unknown: "warning",
  low: "note",
  info: "note",
};

const WORST_FIRST: readonly SarifLevel[] = ["error", "warning", "note"];

export const levelOf = (severity: Severity): SarifLevel => LEVELS[severity];

/** Compares two severities for a sort with the worst level first: 0 if they have the same. */
export const compareLevel = (left: Severity, right: Severity): number =>
  WORST_FIRST.indexOf(levelOf(left)) - WORST_FIRST.indexOf(levelOf(right));
