import type { ScanCoverage } from "../scanner";

/** The target's answer to one request of the crawl. */
export interface CrawlAnswer {
  method: string;
  /** The requested address, without its query. */
  url: string;
  status: number;
  contentType: string | undefined;
  /** Where it redirects to, unchanged. */
  location: string | undefined;
  hasPasswordField: boolean;
}

/** The result of a scan's crawl. */
export interface Crawl {
  answers: readonly CrawlAnswer[];
  /** Parameters of pages and forms, each once per address. */
  parameterCount: number;
}

/** Style sheets, scripts, images and fonts, which even a server without pages serves. */
const ASSET = /^(?:text\/css|(?:text|application)\/(?:x-)?javascript|image\/|font\/)/i;
const PLACES_NAMED = 3;

const isRedirect = ({ status }: CrawlAnswer): boolean => status >= 300 && status < 400;
const isPage = (answer: CrawlAnswer): boolean => !isRedirect(answer) && !ASSET.test(answer.contentType ?? "");
const isShown = ({ method, status }: CrawlAnswer): boolean => method === "GET" && status < 300;

/** Returns where an answer redirects to, without parts that may be secret; undefined if that is not an address. */
function destinationOf({ location = "", url }: CrawlAnswer): string | undefined {
  if (location === "" || !URL.canParse(location, url)) return undefined;
  const { origin, pathname } = new URL(location, url);
  return `${origin}${pathname}`;
}

/** Returns the only page that is shown, if it asks for a password and all others redirect to it. */
function loginPageOf(answers: readonly CrawlAnswer[], pages: readonly CrawlAnswer[]): string | undefined {
  const redirects = answers.filter(isRedirect);
  const shown = pages.filter(isShown);
  const [page, ...others] = new Set(shown.map(({ url }) => url));
  if (page === undefined || others.length > 0) return undefined;
  const ways = new Set<string | undefined>([page, ...redirects.map(({ url }) => url)]);
  const leadThere = redirects.every((redirect) => ways.has(destinationOf(redirect)));
  return leadThere && shown.some(({ hasPasswordField }) => hasPasswordField) ? page : undefined;
}

function noPage(answers: readonly CrawlAnswer[]): string {
  const places = new Set(answers.filter(isRedirect).map((answer) => destinationOf(answer) ?? "no address"));
  const named = [...places].slice(0, PLACES_NAMED).join(", ");
  return `the scanner reached no page of the target${named === "" ? "" : `: it was only redirected, to ${named}`}`;
}

/** Returns why a crawl found nothing to test, or undefined if it reached pages. */
export function crawlProblem({ answers }: Crawl): string | undefined {
  const pages = answers.filter(isPage);
  if (pages.length === 0) return noPage(answers);
  if (pages.every(({ status }) => status >= 400)) {
    const statuses = [...new Set(pages.map(({ status }) => status))].sort((one, other) => one - other).join(" or ");
    const requests = pages.length === 1 ? "the only request for a page" : `all ${pages.length} requests for pages`;
    return `the target answered ${statuses} to ${requests}: nothing was tested`;
  }
  const login = loginPageOf(answers, pages);
  if (login === undefined) return undefined;
  const how = answers.some(isRedirect) ? "all its pages redirect to" : "the only page that it shows is";
  return `the target is behind a login: ${how} ${login}, which asks for a password`;
}

/** Counts what a crawl reached: pages that were shown, addresses that forms are sent to, parameters of both. */
export function coverageOf({ answers, parameterCount }: Crawl): ScanCoverage {
  const count = (some: readonly CrawlAnswer[]): number => new Set(some.map(({ url }) => url)).size;
  return {
    pages: count(answers.filter((answer) => isPage(answer) && isShown(answer))),
    forms: count(answers.filter(({ method }) => method !== "GET")),
    parameters: parameterCount,
  };
}
