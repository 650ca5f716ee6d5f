/** Stands in a preview for a value that is known only after something else was deployed. */
export const UNKNOWN: unique symbol = Symbol("unknown until deployed");
export type Unknown = typeof UNKNOWN;

/** A value that a preview may not know yet. */
export type Maybe<T> = T | Unknown;
