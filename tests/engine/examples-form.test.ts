import { parse } from "yaml";
import { commandsOf, readExample } from "./stack/example";

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

const projectNameOf = (name: string): string => (parse(readExample(name, "Pulumi.yaml")) as { name: string }).name;

test.each([...PROGRAMS, "github-actions"])(
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

test.each(PROGRAMS)("%s can be read at a glance: 20 to 45 lines", (name) => {
  const lines = readExample(name, "index.ts").trim().split("\n");

  expect(lines.length).toBeGreaterThanOrEqual(20);
  expect(lines.length).toBeLessThanOrEqual(45);
});
