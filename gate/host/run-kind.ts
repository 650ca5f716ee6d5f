import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What the engine runs a program for. `takeDown` is `destroy --run-program` or `refresh --run-program`, which create
 * and change nothing: a gate then neither waits nor holds back.
 */
export type RunKind = "deploy" | "takeDown";

/** A process as the system lists it. */
export interface ListedProcess {
  parentId: number;
  commandLine: readonly string[];
}

/** The CLI's commands, including aliases. */
const TAKING_DOWN = new Set(["destroy", "down", "dn", "refresh"]);
/** A command line with one of these words may deploy. */
const DEPLOYING = new Set(["up", "update", "preview", "pre", "watch", "import"]);

const LANGUAGE_HOST = /(^|[\\/])pulumi-language-[\w-]+(\.exe)?$/i;
const CLI = /(^|[\\/])pulumi(\.exe)?$/i;

/**
 * What a process is to the engine. A language host starts a program; the CLI itself starts a plugin, unless a language host
 * runs it from its sources.
 */
export type ProcessRole = "program" | "plugin";

/**
 * Reads the command line of the CLI that runs a program, as the engine tells a program only whether it runs a preview
 * (measured with CLI 3.259). In doubt it is a deployment, so that no guess opens a gate: if the parent processes are others
 * than those of the role (the Automation API's inline programs), or a word is that of a deploying command.
 *
 * @param parentId the process that started this one
 */
export function runKindOf(
  parentId: number,
  list: (id: number) => ListedProcess | undefined,
  role: ProcessRole = "program",
): RunKind {
  const parent = list(parentId);
  if (parent === undefined) return "deploy";
  const isByHost = LANGUAGE_HOST.test(parent.commandLine[0] ?? "");
  if (!isByHost && role === "program") return "deploy";
  const cli = isByHost ? list(parent.parentId) : parent;
  if (cli === undefined || !CLI.test(cli.commandLine[0] ?? "")) return "deploy";
  const words = cli.commandLine.slice(1);
  const isTakingDown = words.some((word) => TAKING_DOWN.has(word)) && !words.some((word) => DEPLOYING.has(word));
  return isTakingDown ? "takeDown" : "deploy";
}

let known: RunKind | undefined;

/** Returns what the program of this run is run for. A process has one role. */
export function runKind(role: ProcessRole = "program"): RunKind {
  known ??= runKindOf(process.ppid, listProcess, role);
  return known;
}

/** Returns a process of this machine; undefined if there is none with this ID. */
export const listProcess = (id: number): ListedProcess | undefined =>
  process.platform === "linux" ? listFromProc(id) : listFromPs(id);

function listFromProc(id: number): ListedProcess | undefined {
  try {
    const commandLine = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").slice(0, -1);
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    return { parentId: Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? 0), commandLine };
  } catch {
    return undefined;
  }
}

/** For macOS. Words with blanks are split, which at worst says deploy. */
function listFromPs(id: number): ListedProcess | undefined {
  try {
    const line = execFileSync("ps", ["-ww", "-o", "ppid=,args=", "-p", String(id)], { encoding: "utf8" }).trim();
    const [parentId = "0", ...commandLine] = line.split(/\s+/);
    return { parentId: Number(parentId), commandLine };
  } catch {
    return undefined;
  }
}
