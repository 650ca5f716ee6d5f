import { hasPasswordField } from "./login-form";
import type { Visit } from "./visit";

/** A page that shows whether a scan is logged in, and how: by a text of it, or by being shown at all. */
export interface ProofPage {
  url: URL;
  contains?: string;
}

/** Names a page without what may be secret. */
export const withoutQuery = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** Returns what keeps a visitor out of a page, or undefined if it is shown. `loginPages` are those of the forms. */
export function barrierOf({ urls, status, body, leavesTo }: Visit, loginPages: readonly URL[]): string | undefined {
  const [asked, ...redirects] = urls;
  const last = urls.at(-1);
  if (leavesTo !== undefined) return `a redirect to ${leavesTo.origin}`;
  if (status === 401 || status === 403) return `the status ${status}`;
  const logins = new Set(loginPages.map(withoutQuery));
  const isSentToLogin = redirects.some(
    (url) => logins.has(withoutQuery(url)) && asked !== undefined && withoutQuery(url) !== withoutQuery(asked),
  );
  if (isSentToLogin) return "a redirect to the login page";
  if (hasPasswordField(body)) return last === asked ? "a form with a password field" : "a redirect to the login page";
  return undefined;
}

/** Returns whether a page was shown to a user, by what proves it. */
export function isShown(page: ProofPage, seen: Visit, loginPages: readonly URL[]): boolean {
  const isFound = seen.status >= 200 && seen.status < 300 && seen.leavesTo === undefined;
  if (page.contains !== undefined) return isFound && seen.body.includes(page.contains);
  return isFound && barrierOf(seen, loginPages) === undefined;
}

/** Returns why a page does not prove the login, seen without it and with it; undefined if it does. */
export function doubtOf(
  page: ProofPage,
  { without, withLogin }: { without: Visit; withLogin: Visit },
  loginPages: readonly URL[],
): string | undefined {
  const name = withoutQuery(page.url);
  if (!isShown(page, withLogin, loginPages)) {
    const barrier = page.contains === undefined ? barrierOf(withLogin, loginPages) : undefined;
    const seen =
      barrier ??
      (page.contains === undefined ? `the status ${withLogin.status}` : `no such text, and status ${withLogin.status}`);
    return `${name} answered the login with ${seen}`;
  }
  const isPublic =
    page.contains === undefined ? barrierOf(without, loginPages) === undefined : isShown(page, without, loginPages);
  return isPublic
    ? `${name} ${page.contains === undefined ? "is shown" : "has the text"} without the login as well`
    : undefined;
}
