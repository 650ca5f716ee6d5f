import { commandsOf, Example, shownBy } from "./stack/example";

test("quickstart: a finding holds the release back, and the next version is scanned and goes live", async () => {
  const example = await Example.start("quickstart");
  const { stack } = example;
  const closed = await stack.upFails();
  await example.follow(0);
  await stack.up();
  await stack.up("--expect-no-changes");

  for (const line of shownBy("quickstart")) expect(closed).toContain(line);
  expect(await example.starts()).toBe(2);
  expect(await stack.outputs()).toMatchObject({ liveVersion: "2", scanId: "2", findingCounts: { medium: 0 } });

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(stack.state().resources).toEqual([]);
});

test("gate-before-promotion: findings keep the new version from going live, and a clean scan lets the next one go", async () => {
  const example = await Example.start("gate-before-promotion");
  const { stack } = example;
  const preview = await stack.well("preview");
  const closed = await stack.upFails();
  const startsOfClosed = await example.starts();
  const liveWhileClosed = example.file("deployed/live.txt");
  const previewOfClosed = await stack.pulumi("preview");

  await example.follow(0);
  await stack.up();
  await stack.up("--expect-no-changes");

  expect(preview).toContain("the gate will wait for the scan that the deployment starts");
  for (const line of shownBy("gate-before-promotion")) expect(closed).toContain(line);
  expect(startsOfClosed).toBe(1);
  expect(liveWhileClosed).toBeUndefined();
  expect(previewOfClosed.exitCode).not.toBe(0);
  expect(previewOfClosed.output).toContain("gate closed (findings)");
  expect(await example.starts()).toBe(1);
  expect(example.file("deployed/live.txt")).toBe("2");
  expect(await stack.outputs()).toMatchObject({ liveVersion: "2", scanId: "2", findingCounts: { critical: 0 } });

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(example.file("deployed/live.txt")).toBeUndefined();
  expect(stack.state().resources).toEqual([]);
  expect(await example.service.projectNames()).toEqual([]);
});

test("hook-on-a-service: one scan after two services, another when one changed, and a closed gate holds the notice", async () => {
  const example = await Example.start("hook-on-a-service");
  const { stack } = example;
  await stack.up();
  const startsOfFirst = await example.starts();
  await stack.up("--expect-no-changes");
  const startsOfSame = await example.starts();
  const firstNotice = example.file("deployed/notice.txt");

  await example.follow(0);
  const closed = await stack.upFails();
  const [startsOfClosed, closedNotice] = [await example.starts(), example.file("deployed/notice.txt")];
  const worker = example.file("deployed/worker.txt");
  await example.follow(1);
  await stack.up();

  expect([startsOfFirst, startsOfSame, startsOfClosed, await example.starts()]).toEqual([1, 0, 1, 1]);
  expect(firstNotice).toBe("web 1 and worker 1 are released");
  expect(closed).toContain("Command injection (commandinjection)");
  expect(worker).toBe("2");
  expect(closedNotice).toBe(firstNotice);
  expect(example.file("deployed/notice.txt")).toBe("web 1 and worker 3 are released");
  expect(await stack.outputs()).toEqual({ scanId: "3", reason: "passed" });

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(stack.state().resources).toEqual([]);
  expect(await example.service.projectNames()).toEqual([]);
});

test("adopt-a-project: nothing is created at the service, and the project outlives the stack", async () => {
  const example = await Example.start("adopt-a-project");
  const { stack, service } = example;
  const curl =
    commandsOf("adopt-a-project", "How to run it")
      .flat()
      .find((line) => line.startsWith("curl")) ?? "";
  const [, body = ""] = /-d '([^']*)'/.exec(curl) ?? [];
  const made = await service.api("POST", "/projects", JSON.parse(body));
  await service.takeLog();

  await stack.up();
  const log = await service.takeLog();
  const outputs = await stack.outputs();
  await example.follow(0);
  await stack.up("--expect-no-changes");
  await stack.well("destroy", "--yes", "--skip-preview");

  expect(made.status).toBe(201);
  expect(log).toEqual(["POST /projects/1/scans"]);
  expect(outputs).toEqual({ adoptedProjectId: "1", scanId: "1" });
  expect(stack.state().resources).toEqual([]);
  expect(await service.projectNames()).toEqual(["Website"]);
});
