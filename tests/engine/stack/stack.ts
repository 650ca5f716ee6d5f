import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./ending";
import { run, runWell } from "./run";
import { RunningCommand, type Run } from "./running-command";

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
  /** Where the program's folder is made. @default the installation of the package that all engine tests share */
  parent?: string;
  /** Whether program and provider load all of the SDK at once, as a user's do. @default in an installation of its own */
  loadsAll?: boolean;
}

const fromSetUp = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error("the package was not installed for the engine tests");
  return value;
};

/** The package as it is installed from its tarball, once for all engine tests. */
export const sharedInstallation = (): string => fromSetUp("CRASHTEST_TEST_INSTALLATION");

const HEADER = `const pulumi = require("@pulumi/pulumi");\nconst crashtest = require("pulumi-crashtest");\n`;

/** By which the engine tells secrets in a state, which lie there encrypted. */
export const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The checkpoint, as the file backend keeps it. */
interface Checkpoint {
  checkpoint: { latest?: { resources?: StateResource[] } };
}

/** A program of its own in a folder of its own, with a file backend beside it, on the real engine. */
export class Stack {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;

  private constructor({ environment, parent = sharedInstallation(), loadsAll }: Omit<StackOptions, "program">) {
    this.folder = temporaryFolder("program", parent);
    loadsAll ??= !parent.startsWith(sharedInstallation());
    for (const name of ["state", "tmp"]) mkdirSync(join(this.folder, name));
    this.environment = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${this.folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NO_COLOR: "1",
      /** A CLI that lives for two seconds need not tidy up its memory. */
      GOGC: "off",
      /** A CLI that is killed leaves files there. */
      TMPDIR: join(this.folder, "tmp"),
      ...(!loadsAll && { NODE_OPTIONS: `--require "${join(__dirname, "load-late.js")}"` }),
      ...environment,
    };
    /** Each Node process would read all of it, which takes as long as its start; what is asked here is on this machine. */
    delete this.environment["NODE_EXTRA_CA_CERTS"];
  }

  /** A folder without a program and without a stack, for a test that follows a README. */
  static empty(options: Omit<StackOptions, "program"> = {}): Stack {
    return new Stack(options);
  }

  /** With a program and a stack, which is a copy of one that was made once: that takes no call of the CLI. */
  static create({ program, ...options }: StackOptions): Stack {
    const stack = new Stack(options);
    cpSync(fromSetUp("CRASHTEST_TEST_STACK"), stack.folder, { recursive: true });
    stack.environment["PULUMI_STACK"] = "test";
    stack.write(program);
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
    const { resources } = this.state();
    const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    if (!JSON.stringify(outputs).includes(SECRET_SIGNATURE)) return outputs;
    return JSON.parse(await this.well("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>;
  }

  /** The state as it lies in the backend, with secrets encrypted: what `pulumi stack export` gives. */
  state(): { text: string; resources: StateResource[] } {
    const { checkpoint } = JSON.parse(this.readState()) as Checkpoint;
    return { text: JSON.stringify(checkpoint.latest, undefined, 2), resources: checkpoint.latest?.resources ?? [] };
  }

  /** The file of the state. */
  readState(): string {
    return readFileSync(this.#stateFile(), "utf8");
  }

  /** Puts another state in the place of this one. */
  writeState(text: string): void {
    writeFileSync(this.#stateFile(), text);
  }

  /** The resource of a logical name. */
  resource(name: string): StateResource {
    const found = this.state().resources.find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`there is no resource ${name} in the state`);
    return found;
  }

  #stateFile(): string {
    const stacks = join(this.folder, "state/.pulumi/stacks");
    const [file] = readdirSync(stacks, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
    if (file === undefined) throw new Error("there is no stack");
    return join(stacks, file);
  }
}
