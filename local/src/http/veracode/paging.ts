import type { Call } from "../operation";
import type { Wire } from "./operations";

const DEFAULT_LIMIT = 10;

/** The part of a list that a request asks for. */
export interface Range {
  /** From 0. */
  page: number;
  limit: number;
  offset: number;
}

/** Returns the range that a request asks for; the contract has checked its numbers. */
export function rangeOf({ query }: Pick<Call, "query">): Range {
  const page = Number(query.get("page") ?? 0);
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  return { page, limit, offset: page * limit };
}

/** Creates what every page of a list has besides the list: where it is, and what is around it. */
export function pageAround(
  path: string,
  query: URLSearchParams,
  { page, limit }: Range,
  total: number,
): { _links: Wire["Links"]; page: Wire["PageInformation"] } {
  const pages = Math.ceil(total / limit);
  const link = (rel: string, number: number): Wire["Links"][number] => {
    const target = new URLSearchParams(query);
    target.set("page", String(number));
    target.set("limit", String(limit));
    return { href: `${path}?${target.toString()}`, rel, templated: false };
  };
  const links = [
    link("first", 0),
    ...(page > 0 ? [link("prev", page - 1)] : []),
    link("self", page),
    ...(page + 1 < pages ? [link("next", page + 1)] : []),
    link("last", Math.max(0, pages - 1)),
  ];
  return { _links: links, page: { number: page, size: limit, total_pages: pages, total_elements: total } };
}
