import { createRequire } from "node:module";
import type * as directDependency from "../../../program/direct-dependency";

/**
 * Runs in a process of its own, since jest has a `require` of its own: takes a list of programs as JSON and prints for each
 * of them what `requireDirectDependency` throws.
 */
interface Program {
  folder: string;
  /** What the process was started with. */
  script: string;
}

const load = createRequire(__filename);
const SOURCE = load.resolve("../../../program/direct-dependency");

function refusalOf({ folder, script }: Program): { code: unknown; message: string } | undefined {
  process.chdir(folder);
  process.argv[1] = script;
  Reflect.deleteProperty(load.cache, SOURCE);
  const { requireDirectDependency } = load(SOURCE) as typeof directDependency;
  try {
    requireDirectDependency();
    return undefined;
  } catch (error) {
    const { code, message } = error as Error & { code?: unknown };
    return { code, message };
  }
}

const programs = JSON.parse(process.argv[2] ?? "[]") as Program[];
console.log(JSON.stringify(programs.map((program) => refusalOf(program) ?? null)));
