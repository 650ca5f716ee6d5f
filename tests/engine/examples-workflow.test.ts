import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { temporaryFolder } from "./stack/ending";
import { commandsOf, EXAMPLES, readExample, scriptOf } from "./stack/example";
import { runWell } from "./stack/run";
import { API_KEY, TEAM_ID, TestService } from "./stack/service";
import { sharedInstallation, Stack } from "./stack/stack";
import { carryOut, type Job, type Runner, type Step, type Workflow } from "./stack/workflow";

const workflow = parse(readExample("github-actions", "deploy.yml")) as Workflow;

const jobNamed = (name: string): Job => {
  const job = workflow.jobs[name];
  if (job === undefined) throw new Error(`the workflow has no job ${name}`);
  return job;
};

const steps: Step[] = Object.values(workflow.jobs).flatMap((job) => job.steps);

const VALUES = {
  "secrets.CRASHTEST_API_KEY": API_KEY,
  "secrets.PULUMI_ACCESS_TOKEN": "not-used-with-a-file-backend",
  "vars.CRASHTEST_TEAM_ID": String(TEAM_ID),
  "vars.STAGING_URL": "https://staging.example.com/",
};

describe("the workflow", () => {
  test("previews pull requests to main, deploys pushes to it, and may only read the repository", () => {
    expect(workflow.on).toEqual({ pull_request: { branches: ["main"] }, push: { branches: ["main"] } });
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(jobNamed("deploy").if).toBe("github.event_name == 'push'");
    expect(jobNamed("preview").if).toContain("github.event_name == 'pull_request' && ");
    expect(jobNamed("preview").if).toContain("head.repo.full_name == github.repository");
  });

  test("puts no expression, and so no secret, on a command line: they are variables of single steps", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    expect(Object.keys(workflow)).not.toContain("env");
    expect(Object.values(workflow.jobs).filter((job) => "env" in job)).toEqual([]);
    const used = steps.flatMap(({ env }) => Object.values(env ?? {}));
    expect([...new Set(used)].sort()).toEqual(Object.keys(VALUES).map((name) => `\${{ ${name} }}`));
    const readme = readExample("github-actions", "README.md");
    for (const name of Object.keys(VALUES)) expect(readme).toContain(`\`${name.split(".")[1] ?? ""}\``);
  });

  test("pins actions to a major version, has pipes that fail, and keeps the report that it writes", () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    const keep = jobNamed("deploy").steps.at(-1);

    expect(actions.filter((action) => !/^[a-z-]+\/[a-z-]+@v\d+$/.test(action))).toEqual([]);
    expect(workflow.defaults.run).toEqual({ shell: "bash", "working-directory": "examples/github-actions" });
    expect(keep?.uses).toMatch(/^actions\/upload-artifact@/);
    expect(keep?.if).toBe("${{ !cancelled() }}");
    expect(keep?.with?.["path"]).toBe("examples/github-actions/report.pdf");
  });

  test("gives the job more time than the gate has", () => {
    const [, hours = ""] = /timeoutSeconds: (\d) \* 3_600/.exec(readExample("gate-before-promotion", "index.ts")) ?? [];

    expect(jobNamed("deploy")["timeout-minutes"]).toBeGreaterThan(Number(hours) * 60);
    expect(Number(hours)).toBeGreaterThan(0);
  });
});

test("its steps deploy: a closed gate fails the job and leaves the report, the next push goes live, and no key is in the state", async () => {
  const service = await TestService.start(scriptOf("github-actions"));
  const parent = temporaryFolder("workflow", sharedInstallation());
  const stack = Stack.empty({ parent, environment: { CRASHTEST_ENDPOINT: service.url } });
  cpSync(join(EXAMPLES, "github-actions"), stack.folder, { recursive: true });
  cpSync(join(EXAMPLES, "gate-before-promotion"), join(parent, "gate-before-promotion"), { recursive: true });
  const [setUp = []] = commandsOf("github-actions", "How to run it");
  await runWell("sh", ["-ec", setUp.join("\n")], { cwd: stack.folder, env: stack.environment });
  const pushOf = (GITHUB_SHA: string): Runner => ({
    cwd: stack.folder,
    env: { ...stack.environment, GITHUB_SHA },
    values: VALUES,
  });
  const report = join(stack.folder, "report.pdf");
  const live = join(parent, "gate-before-promotion/deployed/live.txt");

  const closed = await carryOut(jobNamed("deploy"), pushOf("1111111"));
  const isLiveWhileClosed = existsSync(live);
  const reportOfClosed = readFileSync(report, "latin1");
  rmSync(report);
  await service.takeLog();
  const preview = await carryOut(jobNamed("preview"), pushOf("2222222"));
  const logOfPreview = await service.takeLog();
  const open = await carryOut(jobNamed("deploy"), pushOf("2222222"));

  expect(closed).toMatchObject({
    hasFailed: true,
    output: expect.stringContaining("gate closed (findings)") as string,
  });
  expect(closed.output).toContain("The pdf report of scan 1 is in report.pdf");
  expect(isLiveWhileClosed).toBe(false);
  expect(reportOfClosed).toMatch(/^%PDF-/);
  expect(preview).toMatchObject({ hasFailed: false, output: expect.stringContaining("a scan will start") as string });
  expect(logOfPreview.filter((line) => !line.startsWith("GET "))).toEqual([]);
  expect(open).toMatchObject({ hasFailed: false, output: expect.stringContaining("gate open: scan 2") as string });
  expect(readFileSync(live, "utf8")).toBe("2222222");
  expect(readFileSync(report, "latin1")).toMatch(/^%PDF-/);
  expect(stack.state().text).not.toContain(API_KEY);
  expect(closed.output + preview.output + open.output).not.toContain(API_KEY);
});
