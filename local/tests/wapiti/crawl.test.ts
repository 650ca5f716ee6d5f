import { coverageOf, crawlProblem, type CrawlAnswer } from "../../src/scanners/wapiti/crawl";

const SITE = "http://127.0.0.1:8080";

function answer(path: string, status: number, change: Partial<CrawlAnswer> = {}): CrawlAnswer {
  const fields = { method: "GET", url: `${SITE}${path}`, contentType: "text/html", location: undefined };
  return { ...fields, status, hasPasswordField: false, ...change };
}

const to = (location: string, change: Partial<CrawlAnswer> = {}): Partial<CrawlAnswer> => ({ location, ...change });
const LOGIN = answer("/login", 200, { hasPasswordField: true });
const POST = { method: "POST" };
const SCRIPT = { contentType: "application/javascript; charset=utf-8" };

const problemOf = (answers: readonly CrawlAnswer[]): string | undefined => crawlProblem({ answers, parameterCount: 0 });

describe("crawlProblem", () => {
  it.each<[string, CrawlAnswer[], RegExp]>([
    ["one page that is down", [answer("/", 503)], /^the target answered 503 to the only request for a page: nothing/],
    ["all pages down", Array(12).fill(answer("/a", 503)) as CrawlAnswer[], /answered 503 to all 12 requests/],
    ["two statuses", [answer("/", 403), answer("/a", 401)], /answered 401 or 403 to all 2 requests for pages/],
    ["a form that is down as well", [answer("/", 500), answer("/f", 405, POST)], /answered 405 or 500 to all 2/],
    ["a redirect to what is down", [answer("/", 302, to("/a")), answer("/a", 503)], /503 to the only request/],
    ["pages that are down beside a script", [answer("/", 503), answer("/a.js", 200, SCRIPT)], /503 to the only/],
    ["nothing", [], /^the scanner reached no page of the target$/],
    ["a script alone", [answer("/a.js", 200, SCRIPT)], /reached no page of the target$/],
    [
      "redirects alone",
      [answer("/", 301, to("https://a.example/x?token=1")), answer("/b", 302, to("/"))],
      /it was only redirected, to https:\/\/a\.example\/x, http:\/\/127\.0\.0\.1:8080\/$/,
    ],
    ["a redirect to no address", [answer("/", 302, to("http://["))], /it was only redirected, to no address$/],
    [
      "a login",
      [answer("/", 302, to("/login?next=%2F")), LOGIN],
      /behind a login: all its pages redirect to \S+\/login,/,
    ],
    [
      "a page that asks for a password, alone",
      [LOGIN, answer("/login", 200, POST)],
      /only page that it shows is \S+\/login,/,
    ],
    [
      "a login by two redirects, with a form, a script and a page that is not there",
      [
        ...[answer("/", 302, to("/account")), answer("/account", 302, to(LOGIN.url)), LOGIN],
        ...[answer("/login", 200, POST), answer("/session", 302, to("/", POST))],
        ...[answer("/a.js", 200, SCRIPT), answer("/help", 404)],
      ],
      /behind a login/,
    ],
  ])("sees nothing that was tested in %s", (_case, answers, problem) => {
    expect(problemOf(answers)).toMatch(problem);
  });

  it.each<[string, CrawlAnswer[]]>([
    ["a page", [answer("/", 200)]],
    ["a page beside errors", [answer("/", 200), answer("/a", 503), answer("/b", 404)]],
    ["a page of an unknown type", [answer("/", 200, { contentType: undefined })]],
    ["an answer of an API", [answer("/", 200, { contentType: "application/json" })]],
    ["a page beside the login", [answer("/", 302, to("/login")), LOGIN, answer("/help", 200)]],
    ["redirects to a page without a password", [answer("/", 302, to("/start")), answer("/start", 200)]],
    ["redirects to the login and elsewhere", [answer("/", 302, to("/login")), LOGIN, answer("/a", 302, to("/b"))]],
  ])("has nothing against %s", (_case, answers) => {
    expect(problemOf(answers)).toBeUndefined();
  });
});

describe("coverageOf", () => {
  it("counts pages that were shown, addresses of forms, and parameters", () => {
    const answers = [
      ...[answer("/", 200), answer("/people", 200), answer("/people", 200), answer("/gone", 404)],
      ...[answer("/old", 302, to("/")), answer("/a.js", 200, SCRIPT), answer("/f", 422, POST), answer("/f", 200, POST)],
    ];

    expect(coverageOf({ answers, parameterCount: 3 })).toEqual({ pages: 2, forms: 1, parameters: 3 });
  });
});
