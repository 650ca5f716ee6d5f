import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "./stack";

/**
 * The part of a program with a `gate` that notes what the system counts for the program and for the provider, again and again:
 * the engine kills a program whose gate is closed. The program is a grandchild of the CLI, the provider a child.
 */
export const MEASURED = `
const fs = require("fs");
const told = (pid, file) => {
  try {
    return fs.readFileSync("/proc/" + pid + "/" + file, "utf8");
  } catch {
    return "";
  }
};
const field = (pid, name) => new RegExp("^" + name + ":\\\\s+(\\\\d+)", "m").exec(told(pid, "status"))?.[1];
const parentOf = (pid) => field(pid, "PPid");
const cli = parentOf(parentOf("self"));
const isProvider = (pid) => parentOf(pid) === cli && told(pid, "cmdline").includes("dynamic-provider");
const peaks = { program: 0, provider: 0 };
let provider;
const note = () => {
  provider ??= fs.readdirSync("/proc").find((name) => /^[0-9]+$/.test(name) && isProvider(name));
  for (const [name, pid] of [["program", "self"], ["provider", provider ?? "none"]]) {
    peaks[name] = Math.max(peaks[name], Number(field(pid, "VmHWM") ?? 0) * 1024);
  }
  fs.writeFileSync(__dirname + "/peaks.next", JSON.stringify(peaks));
  fs.renameSync(__dirname + "/peaks.next", __dirname + "/peaks");
};
gate.verdict.apply(note);
setInterval(note, 50).unref();
process.on("exit", note);
`;

/** In bytes. */
export interface Peaks {
  program: number;
  provider: number;
}

export const peaksOf = (stack: Stack): Peaks => JSON.parse(readFileSync(join(stack.folder, "peaks"), "utf8")) as Peaks;
