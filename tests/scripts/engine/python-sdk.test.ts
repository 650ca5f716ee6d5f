import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ensurePythonSdk, type PythonSdk } from "../../../scripts/engine/python-sdk";
import { writeExecutable } from "./fake-engine";

let folder: string;
let cacheDir: string;
let onPath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "python-sdk-test-"));
  cacheDir = join(folder, "cache");
  onPath = join(folder, "path");
  mkdirSync(onPath);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A Python that is probed, makes an environment with itself in it, and notes what pip is asked for. */
function writeFakePython(pip: string): void {
  const python = join(onPath, "python3");
  writeExecutable(
    python,
    `case "$1 $2" in
"-c "*) echo "3 11 ${python}";;
"-m venv") /bin/mkdir -p "$3/bin"; /bin/cp "${python}" "$3/bin/python";;
"-m pip") echo "$*" >> "${folder}/pip"; ${pip};;
esac`,
  );
}

const ensure = (): Promise<PythonSdk> =>
  ensurePythonSdk({ env: { PATH: onPath, CRASHTEST_CACHE_DIR: cacheDir }, say: () => undefined });

test("installs the SDK once, each part by its checksum", async () => {
  writeFakePython("true");

  const first = await ensure();
  const second = await ensure();

  expect(first).toEqual({ venv: expect.stringMatching(/python-sdk-[0-9a-f]{12}$/) as string });
  expect(second).toEqual(first);
  const asked = readFileSync(join(folder, "pip"), "utf8").trim().split("\n");
  expect(asked).toEqual([expect.stringContaining("install") as string]);
  expect(asked[0]).toContain("--require-hashes --only-binary :all: -r ");
});

test.each([
  ["there is no Python", undefined, "there is no Python 3.10 to 3.13 with venv on the PATH"],
  ["the index cannot be reached", "echo 'first' >&2; echo 'ERROR: no route' >&2; exit 1", "ERROR: no route"],
])("is no error where %s: it says why, and leaves nothing", async (_case, pip, reason) => {
  if (pip !== undefined) writeFakePython(pip);

  expect(await ensure()).toEqual({ reason: expect.stringContaining(reason) as string });
  expect(readdirSync(cacheDir)).toEqual([]);
});
