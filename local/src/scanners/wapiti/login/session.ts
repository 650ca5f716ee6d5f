import type { ScanLogin } from "../../scanner";
import { barrierOf, doubtOf, isShown, type ProofPage } from "./confirmation";
import { Credentials } from "./credentials";
import { filledForm, loginFormIn } from "./login-form";
import { visit, type Visit, type Visitor } from "./visit";

/** How often a session is renewed during one scan. */
export const MAX_RENEWALS = 20;

/** What an answer to the scanner means that looks like one to a visitor who is not logged in. */
export type Verdict = "genuine" | "renewed" | "failed";

/** An answer to the scanner: the requested address, the status, and where it redirects to, unchanged. */
export interface SeenAnswer {
  url: URL;
  status: number;
  location: string | undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const withoutQuery = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** The login of one scan: carried out before it, kept alive during it, and shown to hold at both ends. */
export class LoginSession {
  readonly credentials: Credentials;
  /** Counts the logins, so that an answer can be told from those to a session before. */
  generation = 0;
  /** Why the scan is no longer logged in, and cannot be again. */
  failure: string | undefined;
  readonly #login: ScanLogin;
  readonly #visitor: Visitor;
  readonly #loginPages: URL[];
  readonly #genuine = new Set<string>();
  #proofs: ProofPage[] = [];
  #renewals = 0;
  #recovering: Promise<Verdict> | undefined;

  constructor(login: ScanLogin, visitor: Visitor) {
    this.credentials = new Credentials(login);
    this.#login = login;
    this.#visitor = visitor;
    this.#loginPages = login.forms.map(({ url }) => new URL(url));
  }

  /** Logs in, and finds pages that prove it. Returns why it failed, without any value; undefined if it is proven. */
  async open(): Promise<string | undefined> {
    try {
      const landings = await this.#logIn();
      if ("problem" in landings) return landings.problem;
      return await this.#prove(landings.pages);
    } catch (error) {
      return `the login got no answer from the target: ${messageOf(error)}`;
    }
  }

  /** Returns whether every page that proves the login still does. */
  async isOpen(): Promise<boolean> {
    try {
      for (const page of this.#proofs) {
        if (!isShown(page, await this.#visit(page.url), this.#loginPages)) return false;
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Resolves when no login is underway. */
  async untilSettled(): Promise<void> {
    await this.#recovering;
  }

  /** Returns whether an address belongs to the login itself. */
  isOfLogin(url: URL): boolean {
    return this.#loginPages.some((page) => withoutQuery(page) === withoutQuery(url));
  }

  /** Returns whether an answer may mean that the session has ended. */
  isSuspicious(answer: SeenAnswer): boolean {
    const { url, status, location } = answer;
    if (this.failure !== undefined || this.isOfLogin(url) || this.#genuine.has(keyOf(answer))) return false;
    if (status === 401 || status === 403) return true;
    const isRedirect = status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url.href);
    return isRedirect && this.isOfLogin(new URL(location, url));
  }

  /** Decides what a suspicious answer means; if the session of `generation` has ended, logs in again. */
  async recover(answer: SeenAnswer, generation: number): Promise<Verdict> {
    if (generation !== this.generation) return "renewed";
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = undefined;
    });
    const verdict = await this.#recovering;
    if (verdict === "genuine") this.#genuine.add(keyOf(answer));
    return verdict;
  }

  async #recover(): Promise<Verdict> {
    if (await this.isOpen()) return "genuine";
    this.failure = await this.#renew();
    return this.failure === undefined ? "renewed" : "failed";
  }

  async #renew(): Promise<string | undefined> {
    if (this.#login.forms.length === 0)
      return "the session ended during the scan, and only a login by form can be renewed";
    if (this.#renewals >= MAX_RENEWALS) return `the session ended more than ${MAX_RENEWALS} times during the scan`;
    this.#renewals += 1;
    const problem = await this.#logIn().catch((error: unknown) => ({ problem: messageOf(error) }));
    this.generation += 1;
    const why = "problem" in problem ? `: ${problem.problem}` : "";
    const isBack = why === "" && (await this.isOpen());
    return isBack ? undefined : `the session ended during the scan, and could not be renewed${why}`;
  }

  /** Fills in all forms; returns where each led to. */
  async #logIn(): Promise<{ pages: (URL | undefined)[] } | { problem: string }> {
    const { origin } = this.#visitor.target;
    this.credentials.clearSession();
    const pages: (URL | undefined)[] = [];
    for (const user of this.#login.forms) {
      const shown = await this.#visit(new URL(user.url));
      const page = shown.urls.at(-1) ?? new URL(user.url);
      const form = loginFormIn(shown.body, page);
      if (form === undefined) {
        const seen = barrierOf(shown, []) ?? `the status ${shown.status}`;
        return { problem: `${withoutQuery(page)} has no form with one password field (it answered with ${seen})` };
      }
      if (form.action.origin !== origin)
        return { problem: `the form of ${withoutQuery(page)} is sent to another host` };
      this.#noteLoginPages(page, form.action);
      const sent = { method: form.method, fields: filledForm(form, user) };
      const { urls } = await visit(this.#visitor, form.action, this.credentials, sent);
      pages.push(urls.length > 1 ? urls.at(-1) : undefined);
    }
    return { pages };
  }

  #noteLoginPages(...pages: readonly URL[]): void {
    this.#loginPages.push(...pages.filter((page) => !this.isOfLogin(page)));
  }

  /** Finds a page for each form that is shown after the login only, or one for all other kinds. */
  async #prove(landings: readonly (URL | undefined)[]): Promise<string | undefined> {
    const { check, forms } = this.#login;
    const target = this.#visitor.target;
    const first = forms.length > 1 ? [] : [target];
    const choices: ProofPage[][] =
      check !== undefined
        ? [[{ url: new URL(check.url), contains: check.contains }]]
        : forms.length === 0
          ? [[{ url: target }]]
          : forms.map(({ url }, index) =>
              [landings[index], ...first, new URL(url)].flatMap((page) => (page === undefined ? [] : [{ url: page }])),
            );
    this.#proofs = [];
    for (const pages of choices) {
      const doubts: string[] = [];
      for (const page of pages) {
        const doubt = await this.#doubt(page);
        if (doubt === undefined) {
          this.#proofs.push(page);
          break;
        }
        doubts.push(doubt);
      }
      if (doubts.length === pages.length) return problemOf(doubts, check !== undefined);
    }
    return undefined;
  }

  async #doubt(page: ProofPage): Promise<string | undefined> {
    const without = await visit(this.#visitor, page.url);
    return doubtOf(page, { without, withLogin: await this.#visit(page.url) }, this.#loginPages);
  }

  #visit(page: URL): Promise<Visit> {
    return visit(this.#visitor, page, this.credentials);
  }
}

const keyOf = ({ url, status }: SeenAnswer): string => `${status} ${url.pathname}`;

function problemOf(doubts: readonly string[], hasCheck: boolean): string {
  const seen = [...new Set(doubts)].join("; ");
  return hasCheck
    ? `the check failed: ${seen}`
    : `no page shows that it worked: ${seen}. If it did, name a page that only a user sees in \`check\``;
}
