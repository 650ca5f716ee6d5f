import { CRITICAL, ENDLESS, gatedProgram } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

let service: TestService;
let stack: Stack;

test.each([
  ["its gate is closed", {}, CRITICAL],
  ["its scan still runs", { timeoutSeconds: 1 }, ENDLESS],
])("with the program, refresh ends and destroy empties the state while %s", async (_case, settings, scan) => {
  service = await TestService.start({ default: scan });
  stack = Stack.create({ program: gatedProgram(settings), environment: service.environment });
  await stack.upFails();

  await stack.well("refresh", "--run-program", "--yes", "--skip-preview");
  const refreshed = stack.state();
  await stack.well("destroy", "--run-program", "--yes", "--skip-preview");

  expect(refreshed.resources.some(({ urn }) => urn.endsWith("::nightly"))).toBe(true);
  expect(stack.state().resources).toEqual([]);
});

test("with the program, destroy empties the state of a gate that was open, with its preview", async () => {
  service = await TestService.start({});
  stack = Stack.create({ program: gatedProgram(), environment: service.environment });
  await stack.up();
  service.setScript({ default: CRITICAL });
  stack.write(gatedProgram({ requiredScanners: ["nobody"] }));

  const output = await stack.well("destroy", "--run-program", "--yes");

  expect(output).not.toContain("gate closed");
  expect(stack.state().resources).toEqual([]);
});
