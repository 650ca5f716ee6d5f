import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { ensurePythonSdk } from "../../../scripts/engine/python-sdk";
import { temporaryFolder } from "./ending";
import { pluginPath } from "./plugin-stack";
import { runWell } from "./run";
import { sharedInstallation, Stack } from "./stack";

const SCHEMA = resolve(__dirname, "../../../schemas/schema.json");

/** What the language host asks of pip in each call of the CLI. */
const LISTING = ["list", "-v", "--format", "json"];

/** A module in the place of pip, which takes most of a second to give the same answer. */
const listed = (packages: string): string => `import sys
if sys.argv[1:] != ${JSON.stringify(LISTING)}:
    sys.exit("only the packages are known here")
print(${JSON.stringify(JSON.stringify(JSON.parse(packages)))})
`;

/** Where programs in Python find the SDK of the plugin: made from the schema, once for all engine tests, and installed. */
async function generatedSdk(venv: string, path: string): Promise<string> {
  const finished = join(sharedInstallation(), "python-sdk");
  if (existsSync(finished)) return finished;
  const folder = temporaryFolder("generated-sdk", sharedInstallation());
  const options = { cwd: folder, env: { ...process.env, PATH: path, PYTHONPATH: "" } };
  await runWell("pulumi", ["package", "gen-sdk", SCHEMA, "--language", "python", "--out", "sdk"], options);
  const offline = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index"];
  const pip = (...args: string[]) => runWell(join(venv, "bin/python"), ["-m", "pip", ...args], options);
  await pip("install", ...offline, "--target", "installed", "./sdk/python");
  const installed = join(folder, "installed");
  options.env.PYTHONPATH = installed;
  const packages = (await pip(...LISTING)).replaceAll(installed, finished);
  mkdirSync(join(installed, "pip"));
  writeFileSync(join(installed, "pip/__init__.py"), "");
  writeFileSync(join(installed, "pip/__main__.py"), listed(packages));
  try {
    renameSync(installed, finished);
  } catch (error) {
    // Another test file was faster.
    if (!existsSync(finished)) throw error;
  }
  return finished;
}

type PythonEnvironment = Record<"PATH" | "PYTHONPATH" | "PYTHONDONTWRITEBYTECODE", string>;

/**
 * What programs in Python need over the plugin: the interpreter with Pulumi's SDK first on the PATH, and the plugin's SDK.
 *
 * @returns undefined, with a loud warning, on a machine that cannot install Pulumi's SDK
 */
export async function pythonEnvironment(): Promise<PythonEnvironment | undefined> {
  const sdk = await ensurePythonSdk();
  if ("reason" in sdk) {
    const what = `Pulumi's SDK for Python cannot be installed: ${sdk.reason}`;
    // What is to be released is tried in whole.
    if ((process.env["CI"] ?? "") !== "" && (process.env["CRASHTEST_ALLOW_NO_PYTHON"] ?? "") === "") {
      throw new Error(`${what}; CRASHTEST_ALLOW_NO_PYTHON=1 skips its tests`);
    }
    console.warn(`SKIPPED, for ${what}`);
    return undefined;
  }
  const path = [join(sdk.venv, "bin"), await pluginPath()].join(delimiter);
  return { PATH: path, PYTHONPATH: await generatedSdk(sdk.venv, path), PYTHONDONTWRITEBYTECODE: "1" };
}

/**
 * Does in a program's folder what `pulumi install` and `pulumi package add` do with a current language host: the virtual
 * environment `venv` is there, and has the plugin's SDK.
 *
 * @returns the variables that the program needs; undefined as `pythonEnvironment`
 */
export async function installForPython(folder: string): Promise<{ PYTHONPATH: string } | undefined> {
  const sdk = await ensurePythonSdk();
  const python = await pythonEnvironment();
  if ("reason" in sdk || python === undefined) return undefined;
  symlinkSync(sdk.venv, join(folder, "venv"));
  return { PYTHONPATH: python.PYTHONPATH };
}

/** A stack with a program in Python over the plugin, which loads all of the SDK, as a user's. @returns as `pythonEnvironment` */
export async function pythonStack(program: string, environment: Record<string, string>): Promise<Stack | undefined> {
  const python = await pythonEnvironment();
  if (python === undefined) return undefined;
  const stack = Stack.create({ program: "", loadsAll: true, environment: { ...python, ...environment } });
  for (const name of ["index.js", "package.json"]) rmSync(join(stack.folder, name));
  writeFileSync(join(stack.folder, "Pulumi.yaml"), "name: tests\nruntime: python\n");
  writePython(stack, program);
  return stack;
}

/** Replaces the program. */
export function writePython(stack: Stack, program: string): void {
  writeFileSync(join(stack.folder, "__main__.py"), program);
}
