import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const ROOT = resolve(__dirname, "../../..");

interface Step {
  name?: string;
  uses?: string;
  run?: string;
}

interface Job {
  needs?: string;
  permissions?: Record<string, string>;
  steps: readonly Step[];
}

const text = readFileSync(join(ROOT, ".github/workflows/release.yml"), "utf8");
const workflow = parse(text) as { on: object; permissions: object; jobs: Record<"test" | "publish", Job> };
const { test: testJob, publish } = workflow.jobs;

const runs = ({ steps }: Job): string[] => steps.flatMap(({ run }) => run ?? []);

test("a release starts with a tag, and nothing is published before all tests have passed", () => {
  expect(Object.keys(workflow.on)).toEqual(["push"]);
  expect(runs(testJob)).toEqual(expect.arrayContaining(["bash .ci/run", "npm run release:archive"]));
  expect(runs(testJob).join()).not.toMatch(/publish|gh release/);
  expect(publish.needs).toBe("test");
});

test("only the job that publishes may write, and there is no token of npm", () => {
  expect(workflow.permissions).toEqual({ contents: "read" });
  expect(testJob.permissions).toBeUndefined();
  expect(publish.permissions).toEqual({ contents: "write", "id-token": "write" });
  expect(text).not.toMatch(/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/);
});

test("packages are published with provenance, and archives with checksums that are checked", () => {
  const commands = runs(publish).join("\n");

  expect(commands.match(/npm publish[^\n]*/g)).toEqual([expect.stringContaining("--provenance")]);
  expect(commands).toContain("sha256sum --check SHA256SUMS");
  expect(commands).toContain('gh release upload "$GITHUB_REF_NAME" release/*');
});

test("the commands are valid, and the scripts of npm exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
  const commands = [...runs(testJob), ...runs(publish)];

  for (const command of commands) expect(spawnSync("bash", ["-n"], { input: command }).status).toBe(0);
  const named = commands.flatMap((command) => [...command.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name));
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => !Object.hasOwn(scripts, name ?? ""))).toEqual([]);
});

test("a tag that is not the version of the packages ends the release", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  const check = testJob.steps.find(({ name }) => name?.startsWith("the tag is"))?.run ?? "exit 9";
  const tagged = (tag: string) =>
    spawnSync("bash", ["-e"], {
      cwd: ROOT,
      input: check,
      encoding: "utf8",
      env: { ...process.env, GITHUB_REF_NAME: tag },
    });

  expect(tagged(`v${version}`)).toMatchObject({ status: 0, stderr: "" });
  expect(tagged("v999.0.0")).toMatchObject({
    status: 1,
    stderr: `The tag is v999.0.0, but the version in ./package.json is v${version}.\n`,
  });
});
