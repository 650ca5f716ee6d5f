import { isRecord } from "../client/json";
import { unexpectedAnswer } from "../http/errors";
import type { Api, ApiRequest } from "./api";

/** The largest page that the service allows. */
const PAGE_LIMIT = 200;
/** 100,000 objects: more than that is a service that counts its pages wrongly. */
const MAX_PAGES = 500;

/** Requests all pages of a list. */
export async function listAll(api: Api, request: ApiRequest): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for (let number = 0; number < MAX_PAGES; number += 1) {
    const query = { ...request.query, page: String(number), limit: String(PAGE_LIMIT) };
    const { attempt, body } = await api.exchangeJson({ ...request, query });
    const page = readPage(body);
    if (page === undefined) throw unexpectedAnswer(attempt, "JSON without `_embedded` and `page.total_pages`");
    all.push(...page.items);
    if (page.items.length === 0 || number + 1 >= page.totalPages) return all;
    if (number + 1 === MAX_PAGES) throw unexpectedAnswer(attempt, `more than ${MAX_PAGES} pages`);
  }
  return all;
}

/** Each kind of list has another name in `_embedded`, so its only list is taken. */
function readPage(body: unknown): { items: Record<string, unknown>[]; totalPages: number } | undefined {
  const { _embedded: embedded = {}, page } = isRecord(body) ? body : {};
  const totalPages = isRecord(page) ? page["total_pages"] : undefined;
  if (!isRecord(embedded) || typeof totalPages !== "number") return undefined;
  const items: unknown = Object.values(embedded).find((value) => Array.isArray(value)) ?? [];
  return { items: (items as unknown[]).filter(isRecord), totalPages };
}
