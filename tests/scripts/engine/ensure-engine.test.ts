import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { EngineStepError } from "../../../scripts/engine/engine-error";
import { ensureEngine, type Engine, type EngineOptions } from "../../../scripts/engine/ensure-engine";
import type { EngineMaker } from "../../../scripts/engine/set-up";
import { writeFakeEngine } from "./fake-engine";

let folder: string;
let cacheDir: string;
let onPath: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-test-"));
  cacheDir = join(folder, "cache");
  onPath = join(folder, "path");
  mkdirSync(onPath);
  said = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const refuse =
  (reason: string): EngineMaker =>
  () =>
    Promise.reject(new EngineStepError(reason));
const make =
  (version: string): EngineMaker =>
  (root) => {
    writeFakeEngine(join(root, "bin"), version);
    return Promise.resolve();
  };
const noWay = { install: refuse("no network here"), build: refuse('"go" was not found on the PATH') };

function ensure(options: EngineOptions): Promise<Engine> {
  return ensureEngine({
    env: { PATH: onPath, CRASHTEST_CACHE_DIR: cacheDir },
    say: (line) => said.push(line),
    ...options,
  });
}

test("takes the engine on the PATH, and makes nothing", async () => {
  writeFakeEngine(onPath, "3.217.0");

  const engine = await ensure(noWay);

  expect(engine).toEqual({
    pulumi: join(onPath, "pulumi"),
    binDir: onPath,
    version: "3.217.0",
    source: "path",
    env: { PATH: onPath, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  expect(said).toEqual([]);
});

test("installs where the one on the PATH is too old, says so, and puts the new one first on the PATH", async () => {
  writeFakeEngine(onPath, "3.100.0");

  const engine = await ensure({ install: make("3.248.0"), build: refuse("not asked for") });

  expect(engine).toMatchObject({ source: "installed", version: "3.248.0" });
  expect(engine.env["PATH"]).toBe([engine.binDir, onPath].join(delimiter));
  expect(said.join("\n")).toContain(`pulumi on the PATH (${onPath}): version 3.100.0`);
});

test("builds where the installer gives up, and takes the result from the cache the next time", async () => {
  const first = await ensure({ install: refuse("no network here"), build: make("3.259.0") });
  const second = await ensure(noWay);

  expect(first).toMatchObject({ source: "built", version: "3.259.0" });
  expect(second).toEqual(first);
  expect(said).toEqual(["The vendor's installer: no network here."]);
});

test("does not take what a maker left without a language host", async () => {
  const half: EngineMaker = (root) => {
    writeFakeEngine(join(root, "bin"), "3.248.0", ["pulumi"]);
    return Promise.resolve();
  };

  const engine = await ensure({ install: half, build: make("3.259.0") });

  expect(engine.source).toBe("built");
  expect(said.join("\n")).toContain("it lacks pulumi-language-nodejs and pulumi-resource-pulumi-nodejs");
  expect(join(cacheDir, readdirSync(cacheDir).join(), "bin")).toBe(engine.binDir);
});

test("frees what a set-up left that was killed before it fills the disk again", async () => {
  mkdirSync(join(cacheDir, "engine-3.259.0-old.incomplete-1"), { recursive: true });
  let besideOwn: string[] = [];
  const look: EngineMaker = async (root, context) => {
    besideOwn = readdirSync(cacheDir).filter((name) => name !== "engine.lock" && join(cacheDir, name) !== root);
    await make("3.248.0")(root, context);
  };

  await ensure({ install: look });

  expect(besideOwn).toEqual([]);
});

test("repairs an engine in the cache that does not run any more", async () => {
  const { binDir } = await ensure({ install: refuse("no"), build: make("3.259.0") });
  rmSync(join(binDir, "pulumi-language-nodejs"));

  const repaired = await ensure({ install: refuse("no"), build: make("3.259.0") });

  expect(repaired.binDir).toBe(binDir);
  expect(readdirSync(binDir)).toContain("pulumi-language-nodejs");
  expect(readdirSync(cacheDir)).toHaveLength(1);
});

test("with no way to an engine says what was tried and what to install, and leaves nothing", async () => {
  const failure = ensure(noWay);

  await expect(failure).rejects.toMatchObject({ code: "ENGINE_NOT_AVAILABLE" });
  await expect(failure).rejects.toThrow(
    [
      "ENGINE_NOT_AVAILABLE: there is no Pulumi engine on this machine, and it could not be installed or built.",
      "  - pulumi on the PATH: not found",
      "  - The vendor's installer: no network here",
      '  - The build from source: "go" was not found on the PATH',
      "Install one of these and run the command again:",
      '  - the Pulumi CLI 3.217.0 or newer (below 4), with "pulumi" on the PATH',
    ].join("\n"),
  );
  expect(readdirSync(cacheDir)).toEqual([]);
});

test("an error that is not a maker's own ends the set-up and frees the lock", async () => {
  const broken: EngineMaker = () => Promise.reject(new TypeError("a bug"));

  await expect(ensure({ install: broken })).rejects.toThrow("a bug");

  expect(readdirSync(cacheDir)).toEqual([]);
});
