import type { ScanLogin } from "../../scanner";
import { isShown, type ProofPage } from "./confirmation";
import { Credentials } from "./credentials";
import { fillIn, LoginPages, proveLogin, type FilledIn } from "./proof";
import { visit, type Visit, type Visitor } from "./visit";

/** How often a session is renewed during one scan. */
export const MAX_RENEWALS = 20;

/** What an answer to the scanner means that looks like one to a visitor who is not logged in; unknown if the target is down. */
export type Verdict = "genuine" | "renewed" | "failed" | "unknown";

/** An answer to the scanner: the requested address, the status, and where it redirects to, unchanged. */
export interface SeenAnswer {
  url: URL;
  status: number;
  location: string | undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const isDenial = (status: number): boolean => status === 401 || status === 403;

/** The login of one scan: carried out before it, kept alive during it, and shown to hold at both ends. */
export class LoginSession {
  readonly credentials: Credentials;
  /** Counts the logins, so that an answer can be told from those to a session before. */
  generation = 0;
  /** Why the scan is no longer logged in, and cannot be again. */
  failure: string | undefined;
  readonly #login: ScanLogin;
  readonly #visitor: Visitor;
  readonly #loginPages: LoginPages;
  readonly #genuine = new Set<string>();
  #proofs: readonly ProofPage[] = [];
  #landings: readonly URL[] = [];
  #renewals = 0;
  #isEndSilent = false;
  #recovering: Promise<Verdict> | undefined;

  constructor(login: ScanLogin, visitor: Visitor) {
    this.credentials = new Credentials(login);
    this.#login = login;
    this.#visitor = visitor;
    this.#loginPages = new LoginPages(login);
  }

  /** Logs in, and finds pages that prove it. Returns why it failed, without any value; undefined if it is proven. */
  async open(): Promise<string | undefined> {
    try {
      const filledIn = await this.#logIn();
      if ("problem" in filledIn) return filledIn.problem;
      const { landings } = filledIn;
      const proof = await proveLogin({
        ...{ visitor: this.#visitor, login: this.#login, credentials: this.credentials },
        ...{ landings, loginPages: this.#loginPages },
      });
      if ("problem" in proof) return proof.problem;
      this.#landings = landings.filter((page) => page !== undefined);
      this.#proofs = proof.pages;
      return undefined;
    } catch (error) {
      return `the login got no answer from the target: ${messageOf(error)}`;
    }
  }

  /** The pages behind the login that are known, to which no public page may lead. */
  get startPages(): URL[] {
    const folder = new URL(".", this.#visitor.target).href;
    const pages = [...this.#landings, ...this.#proofs.map(({ url }) => url)].filter(
      (page) => page.href.startsWith(folder) && !this.isOfLogin(page),
    );
    return [...new Map(pages.map((page) => [page.href, page])).values()];
  }

  /** Returns whether every page that proves the login still does. */
  async isOpen(): Promise<boolean> {
    return (await this.#findClosed()) === undefined;
  }

  /** Returns what is shown in the place of a page that proves the login; undefined if all still do. */
  async #findClosed(): Promise<Visit | "noAnswer" | undefined> {
    try {
      for (const page of this.#proofs) {
        const seen = await visit(this.#visitor, page.url, this.credentials);
        if (!isShown(page, seen, this.#loginPages.all)) return seen;
      }
      return undefined;
    } catch {
      return "noAnswer";
    }
  }

  /**
   * Whether a session has ended since the last call without answers that show it, such as a form in the place of a page: what was
   * answered meanwhile proves nothing.
   */
  takeSilentEnd(): boolean {
    const wasSilent = this.#isEndSilent;
    this.#isEndSilent = false;
    return wasSilent;
  }

  /** Resolves when no login is underway. */
  async untilSettled(): Promise<void> {
    await this.#recovering;
  }

  /** Returns whether an address belongs to the login itself. */
  isOfLogin(url: URL): boolean {
    return this.#loginPages.has(url);
  }

  /** Returns whether an answer may mean that the session has ended. */
  isSuspicious(answer: SeenAnswer): boolean {
    const { url, status, location } = answer;
    if (this.failure !== undefined || this.isOfLogin(url) || this.#genuine.has(keyOf(answer))) return false;
    if (isDenial(status)) return true;
    const isRedirect = status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url.href);
    return isRedirect && this.isOfLogin(new URL(location, url));
  }

  /** Returns whether such an answer to the scanner would have been suspicious. */
  #isLoud({ urls: [, next], status }: Visit): boolean {
    return next === undefined ? isDenial(status) : this.isOfLogin(next);
  }

  /** Decides what a suspicious answer means; if the session of `generation` has ended, logs in again. */
  async recover(answer: SeenAnswer, generation: number): Promise<Verdict> {
    if (generation !== this.generation) return "renewed";
    const verdict = await this.confirm();
    if (verdict === "genuine") this.#genuine.add(keyOf(answer));
    return verdict;
  }

  /** Looks whether the session still holds, and renews it if not: sites may end one without an answer that shows it. */
  confirm(): Promise<Verdict> {
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = undefined;
    });
    return this.#recovering;
  }

  async #recover(): Promise<Verdict> {
    const closed = await this.#findClosed();
    if (closed === undefined) return "genuine";
    // A target that is down for a moment ends no session.
    if (closed === "noAnswer" || closed.status >= 500) return "unknown";
    this.#isEndSilent ||= !this.#isLoud(closed);
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

  async #logIn(): Promise<FilledIn> {
    this.credentials.clearSession();
    return fillIn(this.#visitor, this.#login.forms, this.credentials, this.#loginPages);
  }
}

const keyOf = ({ url, status }: SeenAnswer): string => `${status} ${url.pathname}`;
