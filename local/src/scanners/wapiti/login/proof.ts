import type { ScanLogin } from "../../scanner";
import { barrierOf, doubtOf, withoutQuery, type ProofPage } from "./confirmation";
import { Credentials } from "./credentials";
import { filledForm, loginFormIn } from "./login-form";
import { visit, type Visitor } from "./visit";

type UserForm = ScanLogin["forms"][number];

const SENT_BY_GET = "would be sent by GET, with the password in the address: log in with a header or a cookie instead";

/** The pages that belong to the login itself: those of the forms, and where they are sent. */
export class LoginPages {
  readonly #pages: URL[];

  constructor({ forms }: ScanLogin) {
    this.#pages = forms.map(({ url }) => new URL(url));
  }

  get all(): readonly URL[] {
    return this.#pages;
  }

  has(url: URL): boolean {
    return this.#pages.some((page) => withoutQuery(page) === withoutQuery(url));
  }

  note(...pages: readonly URL[]): void {
    this.#pages.push(...pages.filter((page) => !this.has(page)));
  }
}

/** Where each form led to, if anywhere; or why one could not be filled in. */
export type FilledIn = { landings: readonly (URL | undefined)[] } | { problem: string };

/** Fills in forms, and keeps the session in `credentials`. */
export async function fillIn(
  visitor: Visitor,
  forms: readonly UserForm[],
  credentials: Credentials,
  loginPages: LoginPages,
): Promise<FilledIn> {
  const landings: (URL | undefined)[] = [];
  for (const user of forms) {
    const shown = await visit(visitor, new URL(user.url), credentials);
    const page = shown.urls.at(-1) ?? new URL(user.url);
    const form = loginFormIn(shown.body, page);
    const name = withoutQuery(page);
    if (form === undefined) {
      const seen = barrierOf(shown, []) ?? `the status ${shown.status}`;
      return { problem: `${name} has no form with one password field (it answered with ${seen})` };
    }
    if (form.action.origin !== visitor.target.origin) return { problem: `the form of ${name} is sent to another host` };
    if (form.method === "GET") return { problem: `the form of ${name} ${SENT_BY_GET}` };
    loginPages.note(page, form.action);
    const { urls } = await visit(visitor, form.action, credentials, filledForm(form, user));
    landings.push(urls.length > 1 ? urls.at(-1) : undefined);
  }
  return { landings };
}

/** A login without one part of it, and that part if it is a form. */
interface LoginPart {
  rest: ScanLogin;
  form?: UserForm;
}

const NOTHING: ScanLogin = { forms: [], headers: [], cookies: [] };

/** Headers and cookies need not be credentials, so they are a part only where there is nothing else. */
function partsOf({ basic, ...others }: ScanLogin): LoginPart[] {
  const given = { ...others, ...(basic === undefined ? {} : { basic }) };
  const ofForms = others.forms.map((form) => ({
    rest: { ...given, forms: others.forms.filter((other) => other !== form) },
    form,
  }));
  if (basic !== undefined) return [{ rest: others }, ...ofForms];
  return ofForms.length === 0 ? [{ rest: NOTHING }] : ofForms;
}

/** What is needed to prove a login. */
export interface ProofContext {
  visitor: Visitor;
  login: ScanLogin;
  /** With the session of all forms. */
  credentials: Credentials;
  /** Where each form led to. */
  landings: readonly (URL | undefined)[];
  loginPages: LoginPages;
}

/** Pages that prove a login; or why there are none. */
export type Proof = { pages: readonly ProofPage[] } | { problem: string };

/**
 * Finds pages that are shown with a login only: the checked page; or one for each part of the login, which is not shown without
 * that part.
 */
export async function proveLogin(context: ProofContext): Promise<Proof> {
  const { visitor, login, loginPages, landings } = context;
  if (login.check !== undefined) {
    const rest = login.forms.length === 0 ? NOTHING : { ...login, forms: [] };
    const page = { url: new URL(login.check.url), contains: login.check.contains };
    const found = await firstProof(context, [page], new Credentials(rest));
    return "page" in found ? { pages: [found.page] } : { problem: `the check failed: ${found.doubts}` };
  }
  const pages: ProofPage[] = [];
  for (const { rest, form } of partsOf(login)) {
    const without = new Credentials(rest);
    // What a form needs may be missing now, and then this is as good as no login.
    await fillIn(visitor, rest.forms, without, loginPages);
    const [landing, formPage] = form === undefined ? [] : [landings[login.forms.indexOf(form)], new URL(form.url)];
    const tried = [landing, visitor.target, formPage].flatMap((url) => (url === undefined ? [] : [{ url }]));
    const found = await firstProof(context, tried, without);
    if (!("page" in found)) {
      const remedy = "If it did, name a page that only a user sees in `check`";
      return { problem: `no page shows that it worked: ${found.doubts}. ${remedy}` };
    }
    pages.push(found.page);
  }
  const problem = await firstPageProblem(context);
  return problem === undefined ? { pages } : { problem };
}

async function firstProof(
  { visitor, credentials, loginPages }: ProofContext,
  pages: readonly ProofPage[],
  rest: Credentials,
): Promise<{ page: ProofPage } | { doubts: string }> {
  const doubts = new Set<string>();
  for (const page of pages) {
    const without = await visit(visitor, page.url, rest);
    const doubt = doubtOf(page, { without, withLogin: await visit(visitor, page.url, credentials) }, loginPages.all);
    if (doubt === undefined) return { page };
    doubts.add(doubt);
  }
  return { doubts: [...doubts].join("; ") };
}

/** After half a login, such as one whose second factor is missing, all but the next step still leads to the login. */
async function firstPageProblem({ visitor, credentials, loginPages }: ProofContext): Promise<string | undefined> {
  const { target } = visitor;
  const { urls } = await visit(visitor, target, credentials);
  const isSentToLogin = !loginPages.has(target) && urls.slice(1).some((url) => loginPages.has(url));
  return isSentToLogin
    ? `${withoutQuery(target)} still leads to the login page with it, as if a step of it were missing`
    : undefined;
}
