import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { compilerOf, generatorOf, LANGUAGES, pythonWithPulumi, type Language, type Tool } from "./sdk-toolchains";

const ROOT = resolve(__dirname, "../..");
const TIMEOUT_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), "sdks-"));
const schema = join(folder, "schema.json");
let logo: Server;

/** The generator for .NET downloads the logo. */
beforeAll(async () => {
  const image = readFileSync(join(ROOT, "docs/images/logo.png"));
  logo = createServer((_request, response) => response.end(image)).listen(0, "127.0.0.1");
  await new Promise((listening) => logo.once("listening", listening));
  const text = JSON.parse(readFileSync(join(ROOT, "schemas/schema.json"), "utf8")) as object;
  const logoUrl = `http://127.0.0.1:${(logo.address() as AddressInfo).port}/logo.png`;
  writeFileSync(schema, JSON.stringify({ ...text, logoUrl }));
});

afterAll(async () => {
  await new Promise((closed) => logo.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

/** A test that is skipped, with the reason in its name, where the machine lacks a tool for it. */
function testWith(tool: Tool, name: string, run: (tool: Exclude<Tool, { missing: string }>) => Promise<void>): void {
  if ("missing" in tool) test.skip(`${name}: not on this machine, since ${tool.missing}`, () => undefined);
  else test(name, () => run(tool), TIMEOUT_MS);
}

async function start({ command, args, env }: Exclude<Tool, { missing: string }>, cwd: string): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 10_000_000 };
  const { stdout } = await promisify(execFile)(command, args, options).catch((error: unknown) => {
    const { stdout: out = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")}:\n${out}${stderr}`, { cause: error });
  });
  return stdout;
}

/** The programs of the registry's pages in one language. */
function programsIn(tag: string): string[] {
  return ["docs/_index.md", "docs/installation-configuration.md"].flatMap((page) =>
    [...readFileSync(join(ROOT, page), "utf8").matchAll(new RegExp(`\`\`\`${tag}\n([^]*?)\`\`\``, "g"))].map(
      ([, text = ""]) => text,
    ),
  );
}

/** Put the programs of the registry's pages beside an SDK, with what their compiler needs. */
const PREPARE: Readonly<Partial<Record<Language, (sdk: string) => void>>> = {
  nodejs(sdk) {
    symlinkSync(join(ROOT, "node_modules"), join(sdk, "node_modules"));
    writePrograms(sdk, "typescript", (index) => `${index}.ts`);
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: true, target: "ES2022", module: "commonjs", types: ["node"] },
      paths: { "@pulumi-crashtest/crashtest": ["../index.ts"] },
    };
    writeFileSync(join(sdk, "programs/tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  },
  python(sdk) {
    writePrograms(sdk, "python", (index) => `${index}.py`);
  },
  go(sdk) {
    writePrograms(sdk, "go", (index) => `${index}/main.go`);
    // The engine's module has the SDK of the same release, with checksums of all that it needs.
    const module = readFileSync(join(ROOT, "engine/cli/go.mod"), "utf8");
    writeFileSync(
      join(sdk, "go.mod"),
      module.replace(/^module .*/, "module github.com/pulumi-crashtest/pulumi-crashtest/sdk/go"),
    );
    cpSync(join(ROOT, "engine/cli/go.sum"), join(sdk, "go.sum"));
    mkdirSync(join(sdk, "built"));
  },
};

function writePrograms(sdk: string, tag: string, nameOf: (index: number) => string): void {
  programsIn(tag).forEach((text, index) => {
    const file = join(sdk, "programs", nameOf(index));
    mkdirSync(resolve(file, ".."), { recursive: true });
    writeFileSync(file, text);
  });
}

describe.each(LANGUAGES)("the SDK for %s", (language) => {
  const generator = generatorOf(language, schema, folder);
  const sdk = join(folder, language);

  testWith(generator, "is generated, and has no class for what only a gate makes", async (tool) => {
    await start(tool, folder);

    const names = readdirSync(sdk, { recursive: true }).map(String);
    expect(names.filter((name) => /(^|\/)(scan_?gate|Scan_?Gate)\.\w+$/i.test(name)).length).toBeGreaterThan(0);
    expect(names.filter((name) => /(^|\/)verdict\.\w+$/i.test(name))).toEqual([]);
  });

  // Before there are programs beside it.
  const installer: Tool = "missing" in generator ? generator : pythonWithPulumi();
  const testPython = language === "python" ? testWith : () => undefined;
  testPython(installer, "can be installed and imported", async (python) => {
    const installed = join(folder, "installed");
    const pip = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"];
    await start({ ...python, args: [...pip, "--target", installed, sdk] }, folder);
    const program = "import pulumi_crashtest as c; print(c.Project.__name__, c.ScanGate.__name__, c.FailOn.HIGH.value)";
    const env = { ...python.env, PYTHONPATH: installed };

    expect(await start({ ...python, args: ["-c", program], env }, folder)).toBe("Project ScanGate high\n");
  });

  const prepare = PREPARE[language];
  const name = prepare === undefined ? "compiles" : "compiles, as do the docs' programs";
  testWith("missing" in generator ? generator : compilerOf(language), name, async (tool) => {
    prepare?.(sdk);

    await start(tool, sdk);
    if (prepare !== undefined) expect(readdirSync(join(sdk, "programs")).length).toBeGreaterThan(1);
  });
});
