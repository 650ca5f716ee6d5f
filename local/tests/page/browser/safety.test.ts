import { PROJECT, TestService } from "../../service/test-service";
import { browserTest, closeBrowser, closeContexts } from "./chromium";
import { EVIL, EVIL_TEXT, EVIL_URL } from "./scenes";
import { openFindings, visit } from "./visitor";

jest.setTimeout(120_000);

afterEach(async () => {
  await closeContexts();
  await TestService.closeAll();
});
afterAll(closeBrowser);

browserTest("a finding that carries scripts runs nowhere, and shows what cannot be seen", async () => {
  const { service, page, trouble } = await visit(EVIL);
  const name = `${EVIL_TEXT}\u202E`;
  const { json } = await service.send("POST", "/projects", { body: { ...PROJECT, name } });
  const scanId = await service.startScan((json as { data: { id: number } }).data.id);

  const finding = (await openFindings(page, scanId)).first();
  await finding.getByText("More").click();
  await finding.getByText(EVIL_URL).first().click();
  await finding.getByText(EVIL_TEXT).last().click();

  const text = String(await finding.textContent());
  expect(text).toContain(EVIL_TEXT);
  expect(text).toContain("[U+202E]gnp.exe[U+202C] [U+001B][31mred[U+0007]");
  // eslint-disable-next-line no-control-regex
  expect(await page.content()).not.toMatch(/[\u202e\u001b\u0007]/);
  expect(await page.locator("main :is(script, img, svg, a, iframe)").count()).toBe(0);
  expect(trouble).toEqual([]);
});

browserTest("even markup that got into the page would run nowhere", async () => {
  const { page, trouble } = await visit({});

  const refused = await page.evaluate(() => {
    const attempt = (act: () => void): string => {
      try {
        act();
        return "done";
      } catch (error) {
        return error instanceof TypeError ? "refused" : String(error);
      }
    };
    const markup = `<img src=x onerror="tellTrouble('image ran')">`;
    const [button, link] = [document.createElement("button"), document.createElement("a")];
    document.body.append(button, link);
    link.href = "javascript:tellTrouble('address ran')";
    link.click();
    const outcomes = [
      attempt(() => (document.body.innerHTML = markup)),
      attempt(() => (document.createElement("script").textContent = "tellTrouble('script ran')")),
      attempt(() => {
        button.setAttribute("onclick", "tellTrouble('handler ran')");
      }),
    ];
    button.click();
    return outcomes;
  });
  await page.reload();

  expect(refused.slice(0, 2)).toEqual(["refused", "refused"]);
  expect(trouble.filter((line) => line.endsWith(" ran"))).toEqual([]);
  expect(trouble.join()).toContain("require-trusted-types-for");
});
