import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";

import { findBrowser, HOW_TO_GET_A_BROWSER, isProgram } from "../../../../scripts/test/browser";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const executablePath = findBrowser(process.env, isProgram);

/** A test that needs a browser; without one it is skipped, of which npm test tells at its end. */
export const browserTest: typeof test = executablePath === undefined ? test.skip : test;

let launched: Promise<Browser> | undefined;
const opened: BrowserContext[] = [];

/** Sizes at which the page has to be good. */
export const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1400, height: 900 } };

/** A browser of its own for a visitor: nothing is shared with others. */
export async function openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (executablePath === undefined) throw new Error(`There is no browser: ${HOW_TO_GET_A_BROWSER}.`);
  launched ??= chromium.launch({ executablePath, args: ARGUMENTS });
  const context = await (await launched).newContext({ viewport: SIZES.desk, ...options });
  context.setDefaultTimeout(30_000);
  opened.push(context);
  return context;
}

/** For afterEach. */
export async function closeContexts(): Promise<void> {
  await Promise.all(opened.splice(0).map((context) => context.close()));
}

/** For afterAll. */
export async function closeBrowser(): Promise<void> {
  await (await launched)?.close();
  launched = undefined;
}

/** Notes what must not happen on a page: errors, dialogs, violations of its policy, requests to elsewhere. */
export async function watchForTrouble(page: Page, origin: string): Promise<string[]> {
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== "blob:") trouble.push(`request: ${url.origin}`);
  });
  await page.exposeFunction("tellTrouble", (text: string) => void trouble.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const tell = (globalThis as unknown as { tellTrouble: (text: string) => void }).tellTrouble;
      tell(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return trouble;
}
