/** Stands in a preview for a value that is known only after something else was deployed. */
export const UNKNOWN: unique symbol = Symbol("unknown until deployed");
