import { scanLifecycle, type ScanResourceState } from "../../../../provider/lifecycle/scan";
import type { ScanInputs } from "../../../../provider/lifecycle/scan-inputs";
import { FakeService, NOW, SERVICE } from "./fake-service";

const URN = "urn:pulumi:prod::shop::pulumi-nodejs:dynamic/crashtest:Project::shop";
const INPUTS: ScanInputs = { projectId: "7", triggers: { "0": "aaa" }, whenRunning: "join" };

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
  service.isProjectGone = true;
});

test("a scan of a project that is gone says how that is made anew, with its URN where the program told it", async () => {
  const creating = scanLifecycle.create(service.context, { ...INPUTS, projectUrn: URN });

  await expect(creating).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining(`recreate it with \`pulumi up --replace '${URN}'\`. If adoptProjectId`) as string,
  });
});

test("without the URN it says where that is found", async () => {
  const creating = scanLifecycle.create(service.context, INPUTS);

  await expect(creating).rejects.toThrow(
    "Could not start a scan of project 7: the service has no such project (project_not_found)",
  );
  await expect(scanLifecycle.create(service.context, INPUTS)).rejects.toThrow(
    "`pulumi up --replace 'URN'`, with the URN of the project, which `pulumi stack --show-urns` lists",
  );
});

test("an update says it too, and the next one tries again", async () => {
  const olds: ScanResourceState = { ...INPUTS, scanId: "1", joined: false, startedAt: NOW, service: SERVICE };

  await expect(
    scanLifecycle.update(service.context, "7/1", olds, { ...INPUTS, projectUrn: URN }),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining(URN) as string,
    state: { ...olds, triggers: {} },
  });
});
