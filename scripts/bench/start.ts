import { spawn } from "node:child_process";

import { formatTimes } from "./report";

const STARTS = 15;
const GOAL_MS = 150;

/** A Node that prints one line: no plugin on Node can be faster. */
const BARE_NODE = [process.execPath, "-e", 'console.log("here")'];

/** How long the plugin took from its start to its port, and Node alone to its first line, in turns. */
export interface Starts {
  pluginMs: readonly number[];
  nodeMs: readonly number[];
}

export async function measureStarts(plugin: string, count = STARTS): Promise<Starts> {
  const starts = { pluginMs: [] as number[], nodeMs: [] as number[] };
  for (let index = 0; index < count; index += 1) {
    starts.pluginMs.push(await startToFirstLine(plugin));
    starts.nodeMs.push(await startToFirstLine(...BARE_NODE));
  }
  return starts;
}

function startToFirstLine(command = "", ...args: string[]): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      reject(new Error(`${command} ended before it printed a line`));
    });
    child.stdout.once("data", () => {
      resolve(performance.now() - startedMs);
      child.kill("SIGKILL");
    });
  });
}

/** Formats the lines about the starts. */
export const formatStarts = ({ pluginMs, nodeMs }: Starts): string[] => [
  formatTimes("plugin, start to port", pluginMs, GOAL_MS),
  formatTimes("Node alone, start to a first line", nodeMs),
];
