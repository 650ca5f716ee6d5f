import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { languagesFolder } from "../../../scripts/engine/cache";
import { EngineStepError } from "../../../scripts/engine/engine-error";
import { ensureLanguageHosts } from "../../../scripts/engine/language-hosts";
import type { EngineMaker } from "../../../scripts/engine/set-up";
import { writeExecutable, writeFakeEngine } from "./fake-engine";

const HOSTS = ["pulumi-language-yaml", "pulumi-language-python", "pulumi-language-python-exec"];

let folder: string;
let cacheDir: string;
let onPath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "languages-test-"));
  cacheDir = join(folder, "cache");
  onPath = join(folder, "path");
  mkdirSync(onPath);
  writeFakeEngine(onPath, "3.259.0");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const writeHosts = (binDir: string): void => {
  mkdirSync(binDir, { recursive: true });
  for (const name of HOSTS) writeExecutable(join(binDir, name), "true");
};
const make: EngineMaker = (root) => {
  writeHosts(join(root, "bin"));
  return Promise.resolve();
};
const refuse: EngineMaker = () => Promise.reject(new EngineStepError('"go" was not found on the PATH'));

const ensure = (build: EngineMaker): Promise<string> =>
  ensureLanguageHosts({ env: { PATH: onPath, CRASHTEST_CACHE_DIR: cacheDir }, say: () => undefined, build });

test("takes the hosts beside the CLI, as in the vendor's release, and builds nothing", async () => {
  writeHosts(onPath);

  expect(await ensure(refuse)).toBe(onPath);
});

test("builds what is missing into a folder of its own, and takes it from there the next time", async () => {
  const built = await ensure(make);
  const again = await ensure(refuse);

  expect(built).toBe(join(cacheDir, languagesFolder(), "bin"));
  expect(again).toBe(built);
  expect(readdirSync(cacheDir)).toEqual([languagesFolder()]);
});

test("builds again where one of them is gone", async () => {
  const built = await ensure(make);
  rmSync(join(built, "pulumi-language-python-exec"));

  expect(await ensure(make)).toBe(built);
  expect(readdirSync(built).sort()).toEqual([...HOSTS].sort());
});

test("says why they cannot be built and what to install, and leaves nothing", async () => {
  const half: EngineMaker = async (root, context) => {
    mkdirSync(join(root, "bin"));
    await refuse(root, context);
  };

  await expect(ensure(half)).rejects.toThrow(
    'the language hosts for YAML and Python are not beside "pulumi", and cannot be built: "go" was not found on the PATH. ' +
      "Install Pulumi's release, which has them, or Go 1.26 or newer.",
  );
  expect(readdirSync(cacheDir)).toEqual([]);
});
