import axe from "axe-core";
import type { Page } from "playwright-core";
import { KEYS, TestService } from "../../service/test-service";
import { browserTest, closeBrowser, closeContexts, openContext, SIZES } from "./chromium";
import { MIXED, scans } from "./scenes";
import { openFindings, scanOf, signIn } from "./visitor";

const MS = 1000;
jest.setTimeout(240_000);

afterEach(async () => {
  await closeContexts();
  await TestService.closeAll();
});
afterAll(closeBrowser);

/** What axe finds, and whether the page is wider than its window. */
async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate(`if (typeof axe === "undefined") { ${axe.source} }`);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await checker.run(document, { resultTypes: ["violations"] });
    const { scrollWidth, clientWidth } = document.documentElement;
    return [
      ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
      ...(scrollWidth > clientWidth ? [`wider than its window: ${scrollWidth} of ${clientWidth}`] : []),
    ];
  });
}

describe("no state of the page keeps anybody out", () => {
  browserTest.each(["phone", "desk"] as const)("on a %s, light and dark", async (size) => {
    const script = scans({ outcome: { failed: "no answer" } }, {}, MIXED, { queuedSeconds: 5, durationSeconds: 10 });
    const service = await TestService.start({ script });
    // The checker is a script of the test's own, which the policy of the page rightly keeps out.
    const page = await (await openContext({ viewport: SIZES[size], bypassCSP: true })).newPage();
    const found: Record<string, string[]> = {};
    const check = async (state: string): Promise<void> => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        found[`${state}, ${colorScheme}`] = await problemsOf(page);
      }
    };

    await page.goto(service.service.url);
    await page.getByLabel("API key").waitFor();
    await check("sign in");
    await signIn(page, service.service.url, "nonsense");
    await page.getByText("The service does not know this key.").waitFor();
    await check("wrong key");
    await signIn(page, service.service.url, KEYS.anna);
    await page.getByRole("heading", { name: "No project yet" }).waitFor();
    await check("no project");
    const id = await service.createProject();
    await page.getByText("No scan yet.").waitFor();
    await check("no scan");
    await service.startScan(id);
    await service.startScan(id);
    const scanId = await service.startScan(id);
    service.clock.advance(5 * MS);
    await page.getByText("50 %").waitFor();
    await check("running, with one that failed and one that found nothing");
    service.clock.advance(5 * MS);
    await (await openFindings(page, scanId)).first().getByText("More").click();
    await check("findings");
    const last = await service.startScan(id);
    await scanOf(page, last).getByText("Queued").waitFor();
    await page.getByText("1 earlier scan").click();
    await check("queued, with earlier scans");
    await service.service.close();
    await page.getByText("The service does not answer.").waitFor();
    await check("service away");

    expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([]);
    expect(Object.keys(found).length).toBe(2 * 8);
  });
});

/** What has the focus: its name, and whether one sees that it has it. */
function focused(page: Page): Promise<{ name: string; isSeen: boolean }> {
  return page.evaluate(() => {
    const active = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth } = getComputedStyle(active);
    const name = active === document.body ? "" : (active.getAttribute("aria-label") ?? active.textContent);
    return { name: name.trim(), isSeen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
  });
}

browserTest("all can be done with the keys alone, and one always sees where one is", async () => {
  const service = await TestService.start({ script: scans(MIXED) });
  const scanId = await service.startScan(await service.createProject());
  service.clock.advance(10 * MS);
  const page = await (await openContext({ viewport: SIZES.phone })).newPage();
  await page.goto(service.service.url);
  await page.getByLabel("API key").waitFor();
  const press = (key: string): Promise<void> => page.keyboard.press(key);

  await page.keyboard.type(KEYS.anna);
  await press("Enter");
  await scanOf(page, scanId).waitFor();
  const afterSignIn = await focused(page);
  await press("Tab");
  const onFindings = await focused(page);
  await press("Enter");
  await page.locator("li.finding").first().waitFor();
  await press("Tab");
  const onMore = await focused(page);
  await press("Space");
  const isMoreOpen = await page.locator("li.finding details").first().getAttribute("open");
  const walked: { name: string; isSeen: boolean }[] = [];
  for (let step = 0; step < 30; step += 1) {
    await press("Tab");
    const now = await focused(page);
    if (now.name === "") break;
    walked.push(now);
  }

  expect(afterSignIn.name).toBe("Projects");
  expect(onFindings).toEqual({ name: `6 findings of scan ${scanId}`, isSeen: true });
  expect(onMore).toEqual({ name: "More on SQL injection", isSeen: true });
  expect(isMoreOpen).toBe("");
  expect(walked.filter(({ isSeen }) => !isSeen)).toEqual([]);
  expect(walked.slice(-3).map(({ name }) => name)).toEqual(
    ["PDF", "XML", "JSON"].map((format) => `Download the report of scan ${scanId} as ${format}`),
  );
  // Beyond the last one is the browser's own, then the page's beginning again: no trap.
  await press("Tab");
  expect(await focused(page)).toEqual({ name: "Skip to the projects", isSeen: true });
  await press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
});

browserTest("nothing moves but for those who like motion", async () => {
  const service = await TestService.start();
  const page = await (await openContext()).newPage();
  await page.goto(service.service.url);

  const moving = await page.evaluate(() => {
    const rulesOf = (rules: CSSRuleList, condition: string): { condition: string; selector: string }[] =>
      [...rules].flatMap((rule) => {
        if (rule instanceof CSSMediaRule) return rulesOf(rule.cssRules, rule.conditionText);
        const moves = rule instanceof CSSStyleRule && /transition|animation/.test(rule.style.cssText);
        return moves ? [{ condition, selector: rule.selectorText }] : [];
      });
    return [...document.styleSheets].flatMap(({ cssRules }) => rulesOf(cssRules, ""));
  });

  expect(moving.map(({ selector }) => selector)).toContain(".skip-link");
  expect(moving.filter(({ condition }) => condition !== "(prefers-reduced-motion: no-preference)")).toEqual([]);
});
