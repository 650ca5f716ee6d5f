import { spawn } from "node:child_process";
import { once } from "node:events";
import { listProcess, runKind, runKindOf, type ListedProcess } from "../../../../gate/host/run-kind";

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

test.each([
  ["/opt/pulumi/pulumi-language-nodejs", "takeDown"],
  ["pulumi-language-nodejs", "takeDown"],
  ["C:\\tools\\pulumi-language-nodejs.exe", "takeDown"],
  ["pulumi-language-", "deploy"],
  ["my-pulumi-language-nodejs", "deploy"],
  ["/opt/pulumi-language-nodejs/node", "deploy"],
  ["pulumi-resource-command", "deploy"],
  ["pulumi", "deploy"],
  ["node", "deploy"],
  ["", "deploy"],
])("the language host as %j: %s", (name, expected) => {
  expect(runKindOf(0, chain([name, "127.0.0.1:1"], ["pulumi", "destroy"]))).toBe(expected);
});

test("the CLI that runs the program counts, and not one that runs that one", () => {
  expect(runKindOf(0, chain(HOST, ["pulumi", "up"], ["sh"], ["pulumi", "destroy"]))).toBe("deploy");
  expect(runKindOf(0, chain(HOST, ["pulumi", "destroy"], ["sh"], ["pulumi", "up"]))).toBe("takeDown");
});

const DESTROY = ["pulumi", "destroy", "--run-program"];

test.each([
  ["no process is listed", chain()],
  ["the host's parent is not listed", chain(HOST)],
  ["a process has no command line", chain([], DESTROY)],
  ["the host's parent has no command line", chain(HOST, [])],
  ["there is no language host", chain(DESTROY)],
  ["a command of a resource runs the program", chain(["sh", "-c", "node ."], ["pulumi-resource-command"], DESTROY)],
  ["a resource provider runs the program", chain(["pulumi-resource-command"], DESTROY)],
  ["a command of a resource runs a host", chain(HOST, ["sh"], ["pulumi-resource-command"], DESTROY)],
  [
    "the CLI runs another command",
    chain(["npm", "run", "refresh"], ["pulumi", "env", "run", "x", "--", "npm", "run", "refresh"]),
  ],
  ["the host runs under something that is no CLI", chain(HOST, ["node", "deploy.js", "destroy"], DESTROY)],
  ["a shell is between host and CLI", chain(HOST, ["sh", "-c", "pulumi destroy"], DESTROY)],
  ["a shell is between program and host", chain(["sh"], HOST, DESTROY)],
  ["a host runs under a host", chain(HOST, HOST, DESTROY)],
])("where %s, it is a deployment", (_what, list) => {
  expect(runKindOf(0, list)).toBe("deploy");
});

test.each([
  ["the CLI starts it", chain(DESTROY), "takeDown"],
  ["the CLI starts it to deploy", chain(["pulumi", "up"], ["sh"], DESTROY), "deploy"],
  ["a language host runs it from its sources", chain(HOST, DESTROY), "takeDown"],
  ["a language host runs it to deploy", chain(HOST, ["pulumi", "up"]), "deploy"],
  ["a shell is between plugin and CLI", chain(["sh"], DESTROY), "deploy"],
  ["another plugin runs it", chain(["pulumi-resource-command"], DESTROY), "deploy"],
  ["no process is listed", chain(), "deploy"],
] as const)("of a plugin, where %s: %s", (_what, list, expected) => {
  expect(runKindOf(0, list, "plugin")).toBe(expected);
});

test("no more processes are looked at than the host and the CLI", () => {
  const asked: number[] = [];
  const list = (id: number): ListedProcess | undefined => {
    asked.push(id);
    return chain(HOST, ["sh"], DESTROY)(id);
  };

  runKindOf(0, list);

  expect(asked).toEqual([0, 1]);
});

test("these tests are run by no CLI that takes down, as the system itself says", () => {
  expect(runKind()).toBe("deploy");
  expect(runKind()).toBe("deploy");
});

test("a process of this machine is listed with its parent and its words, and one that is gone is not", async () => {
  const words = ["-e", "setInterval(Boolean,1000)", "destroy", "--run-program"];
  const child = spawn(process.execPath, words, { stdio: "ignore" });
  try {
    await once(child, "spawn");
    expect(listProcess(child.pid ?? 0)).toEqual({ parentId: process.pid, commandLine: [process.execPath, ...words] });
  } finally {
    child.kill("SIGKILL");
  }
  await once(child, "exit");
  expect(listProcess(child.pid ?? 0)).toBeUndefined();
});
