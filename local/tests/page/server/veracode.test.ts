import { ANNA, BERT, VeracodeService } from "../../http/veracode/veracode-service";
import { TestService, type Reply } from "../../service/test-service";
import { readEvents } from "./event-reader";

afterEach(() => TestService.closeAll());

test("the page shows targets to whoever has the API key, and how a program is set up for this API", async () => {
  const service = await VeracodeService.start();
  await service.createTarget();
  const reader = await readEvents(service.service.service.url, ANNA.secret);

  const first = await reader.next();
  reader.close();

  expect(first?.data.projects).toMatchObject([{ name: "shop", url: "https://shop.example.com" }]);
  expect(first?.data.user.teams[0]?.setup).toEqual([
    "pulumi config set crashtest:service veracode",
    "pulumi config set crashtest:teamId 00000000-0000-4000-8000-000000000042",
    "pulumi config set crashtest:veracodeApiId",
    "pulumi config set --secret crashtest:veracodeApiKey",
  ]);
});

test.each([
  ["pdf", "application/pdf", "%PDF-"],
  ["xml", "application/xml", "<testsuites"],
  ["json", "application/json; charset=utf-8", '{"message":"scan_findings_retrieved"'],
])("the page downloads the report as %s, whichever API the service speaks", async (format, type, start) => {
  const service = await VeracodeService.start();
  const { target_id: targetId } = await service.createTarget();
  await service.startRun(targetId);
  const get = (key: string): Promise<Reply> =>
    service.service.send("GET", `/page/projects/1/scans/1/report/${format}`, { key });

  const [own, other] = [await get(ANNA.secret), await get(BERT.secret)];

  expect([own.status, own.type, own.text.slice(0, start.length)]).toEqual([200, type, start]);
  expect([other.status, other.json]).toEqual([403, { message: "not_your_team" }]);
});

test("a wrong key is refused in the page's own words", async () => {
  const { service } = await VeracodeService.start();

  const wrong = await service.send("GET", "/page/events", { key: "no-key" });

  expect([wrong.status, wrong.json]).toEqual([401, { message: "api_key_unknown" }]);
});
