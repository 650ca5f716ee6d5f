import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

const GATES = 100;

const PROGRAM = `
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" });
for (let index = 0; index < ${GATES}; index += 1) {
  const project = new crashtest.Project("project" + index, { url: "http://127.0.0.1:9/" });
  const scan = new crashtest.Scan("scan" + index, { projectId: project.projectId, triggers: [1] });
  new crashtest.ScanGate("gate" + index, { scan });
}`;

test("a hundred gates wait at once, with few requests, and all open", async () => {
  const service = await TestService.start({ default: { durationSeconds: 5 } });
  const stack = Stack.create({ program: PROGRAM, environment: service.environment });

  const output = await stack.up();
  const requests = await service.requests();
  await stack.up("--expect-no-changes");

  expect(output.match(/gate open: scan \d+ found/g)?.length).toBeGreaterThanOrEqual(GATES);
  expect(requests.filter(({ path }) => path.endsWith("/status")).length).toBeLessThan(GATES * 8);
  expect(requests.every(({ status }) => status !== 429 && (status ?? 500) < 300)).toBe(true);
});
