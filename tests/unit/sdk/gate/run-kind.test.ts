import { runKind, runKindOf, type ListedProcess } from "../../../../sdk/gate/run-kind";

/** A chain of processes, the youngest first; the last one's parent is not listed. */
const chain =
  (...commandLines: readonly string[][]) =>
  (id: number): ListedProcess | undefined => {
    const commandLine = commandLines[id];
    return commandLine === undefined ? undefined : { parentId: id + 1, commandLine };
  };

const HOST = ["/opt/pulumi/pulumi-language-nodejs", "127.0.0.1:1"];

test.each([
  [["pulumi", "destroy", "--run-program"], "takeDown"],
  [["pulumi", "down", "--run-program"], "takeDown"],
  [["pulumi", "dn", "--run-program", "--yes"], "takeDown"],
  [["pulumi", "refresh", "--run-program"], "takeDown"],
  [["pulumi", "--cwd", "shop", "destroy"], "takeDown"],
  [["pulumi", "destroy", "--stack", "prod"], "takeDown"],
  [["pulumi", "up"], "deploy"],
  [["pulumi", "update"], "deploy"],
  [["pulumi", "preview"], "deploy"],
  [["pulumi", "pre"], "deploy"],
  [["pulumi", "watch"], "deploy"],
  [["pulumi", "import"], "deploy"],
  [["pulumi", "up", "--refresh"], "deploy"],
  [["pulumi", "up", "--message", "destroy"], "deploy"],
  [["pulumi", "up", "-m", "refresh", "--stack", "down"], "deploy"],
  [["pulumi", "--stack", "destroy", "preview"], "deploy"],
  [["pulumi", "destroy", "--message", "up"], "deploy"],
  [["pulumi", "refresh", "--stack", "update"], "deploy"],
  [["pulumi", "Destroy"], "deploy"],
  [["pulumi", "--message=destroy"], "deploy"],
  [["pulumi", "destroyed"], "deploy"],
  [["pulumi"], "deploy"],
] as const)("%j: %s", (commandLine, expected) => {
  expect(runKindOf(0, chain(HOST, [...commandLine]))).toBe(expected);
});

test.each([
  ["pulumi", "takeDown"],
  ["/usr/local/bin/pulumi", "takeDown"],
  ["./pulumi", "takeDown"],
  ["C:\\tools\\pulumi.exe", "takeDown"],
  ["PULUMI.EXE", "takeDown"],
  ["pulumi-language-nodejs", "deploy"],
  ["/opt/pulumi/node", "deploy"],
  ["mypulumi", "deploy"],
  ["pulumi2", "deploy"],
  ["", "deploy"],
])("the CLI as %j: %s", (name, expected) => {
  expect(runKindOf(0, chain(HOST, [name, "destroy"]))).toBe(expected);
});

test("the nearest CLI counts: one that another one runs in", () => {
  expect(runKindOf(0, chain(HOST, ["pulumi", "up"], ["sh"], ["pulumi", "destroy"]))).toBe("deploy");
  expect(runKindOf(0, chain(HOST, ["pulumi", "destroy"], ["sh"], ["pulumi", "up"]))).toBe("takeDown");
});

test.each([
  ["no process is listed", chain()],
  ["no ancestor is a CLI", chain(HOST, ["node", "deploy.js", "destroy"], ["sh", "-c", "pulumi destroy"])],
  ["a process has no command line", chain([], [])],
])("where %s, it is a deployment", (_what, list) => {
  expect(runKindOf(0, list)).toBe("deploy");
});

test("a CLI is looked for among ten processes", () => {
  const between = (count: number): string[][] => Array.from({ length: count }, () => ["sh"]);

  expect(runKindOf(0, chain(...between(9), ["pulumi", "destroy"]))).toBe("takeDown");
  expect(runKindOf(0, chain(...between(10), ["pulumi", "destroy"]))).toBe("deploy");
});

test("processes that are each other's parents come to an end", () => {
  const asked: number[] = [];
  const list = (id: number): ListedProcess => {
    asked.push(id);
    return { parentId: 1 - id, commandLine: ["sh"] };
  };

  expect(runKindOf(0, list)).toBe("deploy");
  expect(asked).toHaveLength(10);
});

test("these tests are run by no CLI that takes down, as the system itself says", () => {
  expect(runKind()).toBe("deploy");
  expect(runKind()).toBe("deploy");
});
