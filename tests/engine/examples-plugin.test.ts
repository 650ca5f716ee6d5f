import { Example, readExample, shownBy } from "./stack/example";
import { pluginPath } from "./stack/plugin-stack";
import { installForPython } from "./stack/python-stack";

/** An example with what its program needs; undefined on a machine that cannot run it. */
async function start(name: string): Promise<Example | undefined> {
  const example = await Example.start(name, { PATH: await pluginPath() });
  if (name !== "python-gate") return example;
  const installed = await installForPython(example.stack.folder);
  if (installed === undefined) return undefined;
  Object.assign(example.stack.environment, installed);
  return example;
}

test.each(["yaml-gate", "python-gate"])(
  "%s: a finding holds production back, and the next version is scanned and comes",
  async (name) => {
    const example = await start(name);
    if (example === undefined) return;
    const { stack, service } = example;

    const closed = await stack.upFails();
    const projectsWhenClosed = await service.projectNames();
    await example.follow(0);
    await stack.up();
    const outputs = await stack.outputs();
    await stack.up("--expect-no-changes");
    const starts = await example.starts();
    await stack.well("destroy", "--yes", "--skip-preview");

    for (const line of shownBy(name)) expect(closed).toContain(line);
    expect(projectsWhenClosed).toEqual(["staging"]);
    expect(outputs).toMatchObject({ scanId: "2", productionId: "2" });
    expect(starts).toBe(2);
    expect(stack.state().resources).toEqual([]);
    expect(await service.projectNames()).toEqual([]);
  },
);

test.each([
  ["yaml-gate", "Pulumi.yaml", 60],
  ["python-gate", "__main__.py", 45],
])("%s can be read at a glance", (name, file, most) => {
  expect(readExample(name, file).trim().split("\n").length).toBeLessThanOrEqual(most);
});
