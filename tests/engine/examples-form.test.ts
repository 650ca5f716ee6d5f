import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { temporaryFolder } from "./stack/ending";
import { commandsOf, EXAMPLES, readExample } from "./stack/example";
import { runWell } from "./stack/run";
import { sharedInstallation } from "./stack/stack";

const PROGRAMS = [
  "quickstart",
  "gate-before-promotion",
  "hook-on-a-service",
  "nightly-scan",
  "fifty-projects",
  "adopt-a-project",
  "vulnerable-shop",
  "security-review",
] as const;

const isOwn = (path: string): boolean => !/[/\\](deployed|node_modules|reports|bucket)$/.test(path);

const projectNameOf = (name: string): string => (parse(readExample(name, "Pulumi.yaml")) as { name: string }).name;

test.each([...PROGRAMS, "yaml-gate", "python-gate", "github-actions"])(
  "%s is a project of its own, and its README says how to run and to remove it",
  (name) => {
    expect(projectNameOf(name)).toBe(`crashtest-${name}`);
    expect(readExample(name, "README.md")).toMatch(new RegExp(`^# ${name}: `));
    expect(commandsOf(name, "How to run it").flat().join("\n")).toContain("pulumi stack init");
    expect(readExample(name, "README.md")).toMatch(/npx crashtest-local --team-id 42/);
    expect(commandsOf(name, "How to clean up").flat()[0]).toMatch(/^pulumi destroy/);
  },
);

test("the stack in the root of the repository is the quickstart", () => {
  const { main, ...root } = parse(readExample("..", "Pulumi.yaml")) as Record<string, unknown>;

  expect(main).toBe("examples/quickstart");
  expect(root).toEqual(parse(readExample("quickstart", "Pulumi.yaml")));
});

test("each program has right types, by its own settings and against the package as it is installed", async () => {
  const folder = temporaryFolder("examples", sharedInstallation());
  const settings = PROGRAMS.map((name) => parse(readExample(name, "tsconfig.json")) as { compilerOptions: object });
  for (const name of PROGRAMS) cpSync(join(EXAMPLES, name), join(folder, name), { recursive: true, filter: isOwn });
  const all = { ...settings[0], files: PROGRAMS.map((name) => `${name}/index.ts`) };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(all));
  const tsc = join(sharedInstallation(), "node_modules/typescript/bin/tsc");

  await runWell(process.execPath, [tsc, "--noEmit", "-p", folder], { cwd: folder });

  /** What one compilation shows for all. The shop names the types that TypeScript takes anyway, those of Node. */
  for (const { compilerOptions } of settings) expect(compilerOptions).toMatchObject(settings[0]?.compilerOptions ?? {});
});

test.each(PROGRAMS)("%s can be read at a glance: 20 to 45 lines", (name) => {
  const lines = readExample(name, "index.ts").trim().split("\n");

  expect(lines.length).toBeGreaterThanOrEqual(20);
  expect(lines.length).toBeLessThanOrEqual(45);
});
