import { barrierOf, doubtOf } from "../../../src/scanners/wapiti/login/confirmation";
import type { Visit } from "../../../src/scanners/wapiti/login/visit";

const at = (path: string): URL => new URL(path, "http://a.example");
const LOGIN_PAGES = [at("/login")];
const FORM = `<form><input type="password" name="p"></form>`;

function seen(paths: string, status = 200, body = "", leavesTo?: string): Visit {
  const urls = paths.split(" ").map(at);
  return { urls, status, body, ...(leavesTo === undefined ? {} : { leavesTo: new URL(leavesTo) }) };
}

test.each<[string, Visit, string | undefined]>([
  ["a page", seen("/a"), undefined],
  ["a redirect on the target", seen("/a /b"), undefined],
  ["401", seen("/a", 401), "the status 401"],
  ["403", seen("/a", 403), "the status 403"],
  ["a redirect to the login page", seen("/a /login?next=a"), "a redirect to the login page"],
  ["a redirect to a page that asks for a password", seen("/a /in", 200, FORM), "a redirect to the login page"],
  ["a form with a password field", seen("/a", 200, FORM), "a form with a password field"],
  ["a redirect elsewhere", seen("/a", 302, "", "http://b.example/x"), "a redirect to http://b.example"],
  ["a login page that is shown to a user", seen("/login"), undefined],
])("%s keeps out by %#", (_case, visit, expected) => {
  expect(barrierOf(visit, LOGIN_PAGES)).toBe(expected);
});

test.each<[string, string | undefined, Visit, Visit, string | undefined]>([
  ["a page that only a user sees", undefined, seen("/a /login"), seen("/a"), undefined],
  ["a page for all", undefined, seen("/a"), seen("/a"), "is shown without the login as well"],
  ["a page for nobody", undefined, seen("/a", 401), seen("/a", 401), "answered the login with the status 401"],
  ["a page that is missing", undefined, seen("/a", 401), seen("/a", 404), "answered the login with the status 404"],
  ["a text that only a user sees", "Hi", seen("/a"), seen("/a", 200, "Hi"), undefined],
  ["a text with a form for another password", "Hi", seen("/a"), seen("/a", 200, `Hi${FORM}`), undefined],
  ["a text for all", "Hi", seen("/a", 200, "Hi"), seen("/a", 200, "Hi"), "has the text without the login as well"],
  ["a text for nobody", "Hi", seen("/a"), seen("/a"), "answered the login with no such text, and status 200"],
  [
    "a text of an error",
    "Hi",
    seen("/a"),
    seen("/a", 500, "Hi"),
    "answered the login with no such text, and status 500",
  ],
])("%s is doubted as it must be", (_case, contains, without, withLogin, expected) => {
  const page = { url: at("/a"), ...(contains === undefined ? {} : { contains }) };
  const doubt = doubtOf(page, { without, withLogin }, LOGIN_PAGES);
  expect(doubt).toBe(expected === undefined ? undefined : `http://a.example/a ${expected}`);
});
