import { cpSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Script } from "crashtest-local";
import { parseCliOptions } from "../../../local/src/cli-options";
import { EXAMPLE_SCRIPT } from "../../../local/src/scanners/example-script";
import { parseScript } from "../../../local/src/scanners/parse-script";
import { runWell } from "./run";
import { API_KEY, TestService } from "./service";
import { API_ID, API_SECRET, VeracodeService } from "./veracode-service";
import { Stack } from "./stack";

export const EXAMPLES = resolve(__dirname, "../../../examples");

export const readExample = (name: string, file: string): string => readFileSync(join(EXAMPLES, name, file), "utf8");

/** The lines of each block of shell commands under a heading of an example's README, without comments. */
export function commandsOf(name: string, heading: string): string[][] {
  const [, section = ""] = readExample(name, "README.md").split(`## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  const blocks = [...own.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = ""]) => code.replaceAll("\\\n", " "));
  return blocks.map((code) => code.split("\n").flatMap((line) => line.replace(/ +#.*/, "").trim() || []));
}

/** The block of a README that shows what the CLI prints. */
export const shownBy = (name: string): string[] => {
  const [, block = ""] =
    /```\n([\s\S]*?)```/.exec(readExample(name, "README.md").split("## What you see")[1] ?? "") ?? [];
  return block.split("\n").filter(Boolean);
};

/** The script of the command by which an example's README starts the local service; its scans take a second here. */
export function scriptOf(name: string): Script {
  const [, given = ""] = /npx crashtest-local(.*)/.exec(readExample(name, "README.md").replaceAll("`", "\n")) ?? [];
  const { scriptPath, teamId } = parseCliOptions(given.replace(",", "").trim().split(/\s+/), {});
  if (teamId !== 42) throw new Error(`the README of ${name} starts the local service for another team`);
  const text = scriptPath === undefined ? JSON.stringify(EXAMPLE_SCRIPT) : readExample(name, scriptPath);
  const inASecond = (key: string, value: unknown): unknown => (key === "durationSeconds" ? 1 : value);
  return parseScript(JSON.parse(text, inASecond) as unknown);
}

/**
 * Copies an example into a folder of a stack, where its program is transpiled only: that its types are right, one test shows
 * for all examples.
 */
export function copyExample(name: string, stack: Stack, isCopied?: (path: string) => boolean): void {
  cpSync(join(EXAMPLES, name), stack.folder, { recursive: true, ...(isCopied && { filter: isCopied }) });
  stack.environment["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
}

/** A copy of an example, set up by the commands of its own README, with the local service that these name. */
export class Example {
  private constructor(
    readonly name: string,
    readonly stack: Stack,
    readonly service: TestService,
  ) {}

  /** As `start`, with the settings that the README names for Veracode in the place of team and key. */
  static async startAtVeracode(name: string): Promise<Example & { veracode: VeracodeService }> {
    const veracode = await VeracodeService.start(scriptOf(name), { allowLocalTargets: false });
    const stack = Stack.empty();
    copyExample(name, stack);
    const example = new Example(name, stack, veracode.service);
    const isOfCrashtest = (line: string): boolean => /crashtest:(teamId|apiKey)/.test(line);
    const common = commandsOf(name, "How to run it").flat();
    await example.run(common.filter((line) => !isOfCrashtest(line)));
    await example.run(commandsOf(name, "At Veracode").flat());
    return Object.assign(example, { veracode });
  }

  /** Copies the example and follows its README up to the first `pulumi up`. @param environment what its program needs */
  static async start(name: string, environment: Record<string, string> = {}): Promise<Example> {
    const service = await TestService.start(scriptOf(name));
    const stack = Stack.empty({ environment });
    copyExample(name, stack);
    const example = new Example(name, stack, service);
    await example.run(commandsOf(name, "How to run it").flat());
    return example;
  }

  /** Runs the commands of a block under "What you see", counted from 0, all but `pulumi up`. */
  async follow(block: number): Promise<void> {
    const lines = commandsOf(this.name, "What you see")[block];
    if (lines === undefined) throw new Error(`the README of ${this.name} has no block of commands ${block}`);
    await this.run(lines);
  }

  /** What one can look at in the example's folder; undefined where it is not there. */
  file(path: string): string | undefined {
    const full = join(this.stack.folder, path);
    return existsSync(full) ? readFileSync(full, "utf8") : undefined;
  }

  /** How many scans were started since the last call. */
  async starts(): Promise<number> {
    return (await this.service.takeLog()).filter((line) => /^POST .*\/scans$/.test(line)).length;
  }

  /** What needs another terminal, or is looked at, is the test's: `pulumi up`, the local service, and curl. */
  private async run(lines: readonly string[]): Promise<void> {
    const own = lines.filter((line) => !/^(npx|curl)\b|pulumi up\b/.test(line)).map((line) => this.answered(line));
    await runWell("sh", ["-ec", own.join("\n")], { cwd: this.stack.folder, env: this.stack.environment });
  }

  /** With what a person would answer, and the address of this service. */
  private answered(command: string): string {
    return command
      .replace("crashtest:apiKey", `crashtest:apiKey ${API_KEY}`)
      .replace("crashtest:veracodeApiId ID", `crashtest:veracodeApiId ${API_ID}`)
      .replace("crashtest:veracodeApiKey", `crashtest:veracodeApiKey ${API_SECRET}`)
      .replace("http://127.0.0.1:4747", this.service.url);
  }
}
