import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { writeExecutable } from "../engine/fake-engine";

const SCRIPTS = resolve(__dirname, "../../../scripts");
const TIMEOUT_MS = 60_000;

let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "bootstrap-test-"));
  for (const part of ["bootstrap.mjs", "bootstrap", "lock"]) {
    cpSync(join(SCRIPTS, part), join(checkout, "scripts", part), { recursive: true });
  }
  mkdirSync(join(checkout, "sdk"));
  writeFileSync(join(checkout, "package-lock.json"), "{}");
  mkdirSync(join(checkout, "bin"));
});

afterEach(() => {
  rmSync(checkout, { recursive: true, force: true });
});

const installed = "mkdir -p node_modules; : > node_modules/.package-lock.json";

/** An npm that notes what it was asked for, and leaves what the real one would. */
function writeFakeNpm(install = installed): void {
  const build = [
    "mkdir -p dist/cli dist/sdk local/dist/local/src",
    ": > dist/cli/main.js",
    ": > dist/sdk/index.js",
    ": > local/dist/local/src/index.js",
    ": > node_modules/.crashtest-build",
  ].join("; ");
  writeExecutable(
    join(checkout, "bin/npm"),
    `echo "$@" >> asked\ncase "$1" in ci) ${install};; install) ${installed};; run) ${build};; esac`,
  );
}

interface Run {
  stderr: () => string;
  done: Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
}

function start(): Run {
  const child = spawn(process.execPath, [join(checkout, "scripts/bootstrap.mjs")], {
    env: { ...process.env, PATH: [join(checkout, "bin"), process.env["PATH"]].join(delimiter) },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (output.stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (output.stderr += text.toString()));
  const done = new Promise<Awaited<Run["done"]>>((resolveRun) => {
    child.on("close", (exitCode) => {
      resolveRun({ exitCode, ...output });
    });
  });
  return { stderr: () => output.stderr, done };
}

const bootstrap = (): Run["done"] => start().done;

const asked = (): string[] => {
  const file = join(checkout, "asked");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
};

test(
  "installs and builds a fresh clone, says so, and does nothing the next time",
  async () => {
    writeFakeNpm();

    const first = await bootstrap();
    const second = await bootstrap();

    expect(first).toMatchObject({ exitCode: 0, stdout: "" });
    expect(first.stderr).toContain("npm ci");
    expect(second).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(asked()).toEqual(["ci --include=dev --no-fund --no-audit", "run --silent build"]);
    expect(existsSync(join(checkout, ".bootstrap.lock"))).toBe(false);
  },
  TIMEOUT_MS,
);

test(
  "two at once install and build once",
  async () => {
    writeFakeNpm("while [ ! -e go ]; do sleep 0.05; done; mkdir -p node_modules; : > node_modules/.package-lock.json");
    const runs = [start(), start()];
    const oneWaits = (): boolean => runs.some(({ stderr }) => stderr().includes("Another command is installing"));
    while (!oneWaits()) await new Promise((resume) => setTimeout(resume, 20));
    writeFileSync(join(checkout, "go"), "");

    const both = await Promise.all(runs.map(({ done }) => done));

    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(asked()).toHaveLength(2);
  },
  TIMEOUT_MS,
);

test(
  "an install that fails ends the command, and nothing is built",
  async () => {
    writeFakeNpm("echo 'no network' >&2; exit 1");

    const { exitCode, stderr } = await bootstrap();

    expect(exitCode).toBe(1);
    expect(stderr).toContain("no network");
    expect(stderr).toContain('"npm ci --include=dev --no-fund --no-audit" failed');
    expect(asked()).toHaveLength(1);
  },
  TIMEOUT_MS,
);

test(
  "with nothing to do waits for nobody",
  async () => {
    writeFakeNpm();
    await bootstrap();
    writeFileSync(join(checkout, ".bootstrap.lock"), ["token", hostname(), String(process.pid), ""].join("\n"));

    const run = await bootstrap();

    expect(run).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  },
  TIMEOUT_MS,
);

test("a lock file that is out of step ends the command, and npm install does not paper over it", async () => {
  writeFakeNpm("echo 'npm error Missing: left@ from lock file' >&2; exit 1");

  const { exitCode } = await bootstrap();

  expect(exitCode).toBe(1);
  expect(asked()).toHaveLength(1);
});
