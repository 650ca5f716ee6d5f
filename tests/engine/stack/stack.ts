import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, runWell, type Run } from "./run";
import { RunningCommand } from "./running-command";

/** A resource as it stands in the state. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

export interface StackOptions {
  /** The program in JavaScript; `crashtest` and `pulumi` are there. */
  program: string;
  environment?: Record<string, string>;
  /** Where the package is installed. @default the installation that all engine tests share */
  installation?: string;
}

const SHARED = (): string => {
  const folder = process.env["CRASHTEST_TEST_INSTALLATION"];
  if (folder === undefined) throw new Error("the package was not installed for the engine tests");
  return folder;
};

const HEADER = `const pulumi = require("@pulumi/pulumi");\nconst crashtest = require("pulumi-crashtest");\n`;

/** A program of its own in a folder of its own, with a file backend beside it, on the real engine. */
export class Stack {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;

  private constructor(options: StackOptions) {
    this.folder = mkdtempSync(join(options.installation ?? SHARED(), "program-"));
    mkdirSync(join(this.folder, "state"));
    writeFileSync(join(this.folder, "Pulumi.yaml"), "name: tests\nruntime: nodejs\n");
    writeFileSync(
      join(this.folder, "package.json"),
      JSON.stringify({ name: "program", private: true, main: "index.js" }),
    );
    this.environment = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${this.folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NO_COLOR: "1",
      ...options.environment,
    };
    this.write(options.program);
  }

  static async create(options: StackOptions): Promise<Stack> {
    const stack = new Stack(options);
    await stack.well("stack", "init", "test");
    return stack;
  }

  /** Replaces the program. */
  write(program: string): void {
    writeFileSync(join(this.folder, "index.js"), HEADER + program);
  }

  /** Runs the CLI, however it ends. */
  pulumi(...args: string[]): Promise<Run> {
    return run("pulumi", [...args, "--non-interactive"], { cwd: this.folder, env: this.environment });
  }

  /** Runs the CLI, which has to end well. */
  well(...args: string[]): Promise<string> {
    return runWell("pulumi", [...args, "--non-interactive"], { cwd: this.folder, env: this.environment });
  }

  up(...args: string[]): Promise<string> {
    return this.well("up", "--yes", "--skip-preview", ...args);
  }

  /** `up` that is to fail; gives what it printed. */
  async upFails(...args: string[]): Promise<string> {
    const { exitCode, output } = await this.pulumi("up", "--yes", "--skip-preview", ...args);
    if (exitCode === 0) throw new Error(`up was to fail and ended well:\n${output}`);
    return output;
  }

  /** Starts `up` and leaves it running. */
  startUp(): RunningCommand {
    const args = ["up", "--yes", "--skip-preview", "--non-interactive"];
    return new RunningCommand("pulumi", args, { cwd: this.folder, env: this.environment });
  }

  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.well("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>;
  }

  /** The state as it lies in the backend, with secrets encrypted. */
  async state(): Promise<{ text: string; resources: StateResource[] }> {
    const text = await this.well("stack", "export");
    const { deployment } = JSON.parse(text) as { deployment: { resources?: StateResource[] } };
    return { text, resources: deployment.resources ?? [] };
  }

  /** The resource of a logical name. */
  async resource(name: string): Promise<StateResource> {
    const { resources } = await this.state();
    const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`there is no resource ${name} in the state`);
    return found;
  }

  /** Takes the folder away; the stack is not destroyed. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
