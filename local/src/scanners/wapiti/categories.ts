import { BROWSER } from "./categories/browser";
import type { Category } from "./categories/category";
import { DISCLOSURE } from "./categories/disclosure";
import { HEADERS } from "./categories/headers";
import { INJECTION } from "./categories/injection";

export type { Category } from "./categories/category";

/** The scanner's categories, by their names in its reports. A category without an entry has no score: it is `unknown`. */
export const CATEGORIES: ReadonlyMap<string, Category> = new Map(
  [INJECTION, BROWSER, HEADERS, DISCLOSURE].flatMap((table) => Object.entries(table)),
);
