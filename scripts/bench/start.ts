import { spawn } from "node:child_process";

import { formatTimes } from "./report";

const STARTS = 15;
const GOAL_MS = 150;

/** Measures how long the plugin takes from its start until it prints its port, several times. */
export async function measureStarts(plugin: string, count = STARTS): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) times.push(await startToPort(plugin));
  return times;
}

function startToPort(plugin: string): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(plugin, [], { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      reject(new Error(`${plugin} ended before it printed its port`));
    });
    child.stdout.once("data", () => {
      resolve(performance.now() - startedMs);
      child.kill("SIGKILL");
    });
  });
}

/** Formats the line about the starts. */
export const formatStarts = (times: readonly number[]): string => formatTimes("plugin, start to port", times, GOAL_MS);
