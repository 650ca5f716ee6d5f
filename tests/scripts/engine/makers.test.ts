import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildEngine } from "../../../scripts/engine/build";
import { ENGINE_MODULES_DIR } from "../../../scripts/engine/cache";
import { installEngine } from "../../../scripts/engine/install";
import { buildLanguageHosts } from "../../../scripts/engine/language-hosts";
import { writeExecutable } from "./fake-engine";

let folder: string;
let root: string;
let onPath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-test-"));
  root = join(folder, "root");
  onPath = join(folder, "path");
  mkdirSync(onPath);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const context = (env: NodeJS.ProcessEnv = {}) => ({ env: { PATH: onPath, ...env }, say: () => undefined });

/** A `go` that notes its folder and arguments, and writes the file after `-o`. */
function writeFakeGo(
  version: string,
  build = 'echo "$PWD|$*" >> "$LOG"; while [ "$1" != -o ]; do shift; done; : > "$2"',
): void {
  writeExecutable(
    join(onPath, "go"),
    `if [ "$1" = version ]; then echo "go version ${version} linux/amd64"; exit; fi\n${build}`,
  );
}

describe("buildEngine", () => {
  test("runs the two builds in their modules and writes the script of the dynamic provider", async () => {
    writeFakeGo("go1.26.8");
    const log = join(folder, "log");

    await buildEngine(root, context({ LOG: log }));

    const name = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=3.259.0";
    expect(readFileSync(log, "utf8").trim().split("\n")).toEqual([
      `${ENGINE_MODULES_DIR}/cli|build -mod=readonly -ldflags -s -w -X ${name} -o ${root}/bin/pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi`,
      `${ENGINE_MODULES_DIR}/language-nodejs|build -mod=readonly -ldflags -s -w -o ${root}/bin/pulumi-language-nodejs github.com/pulumi/pulumi/sdk/nodejs/cmd/pulumi-language-nodejs/v3`,
    ]);
    const script = join(root, "bin/pulumi-resource-pulumi-nodejs");
    expect(readFileSync(script, "utf8")).toContain("|| exit 1");
    expect(statSync(script).mode & 0o111).toBe(0o111);
  });

  test.each<[string, string | undefined, string]>([
    ["there is no Go", undefined, '"go" was not found on the PATH'],
    ["Go is too old", "go1.20.1", "Go 1.20 is too old; 1.21 or newer is required"],
  ])("says in one line that %s", async (_name, version, expected) => {
    if (version !== undefined) writeFakeGo(version);

    await expect(buildEngine(root, context())).rejects.toThrow(expected);
  });

  test("a build that fails ends with the last line that Go wrote", async () => {
    writeFakeGo("go1.26.8", "echo first >&2; echo 'no space left on device' >&2; exit 1");

    await expect(buildEngine(root, context())).rejects.toThrow('"go build" of cli failed: no space left on device');
  });
});

test("buildLanguageHosts runs the two builds in their modules, and takes the script for Python from the SDK's module", async () => {
  const sdk = join(folder, "sdk");
  mkdirSync(join(sdk, "python/cmd"), { recursive: true });
  writeFileSync(join(sdk, "python/cmd/pulumi-language-python-exec"), "#!/usr/bin/env python3\n");
  writeFakeGo(
    "go1.26.8",
    'echo "$PWD|$*" >> "$LOG"; if [ "$1" = list ]; then echo "$SDK"; exit; fi; while [ "$1" != -o ]; do shift; done; : > "$2"',
  );
  const log = join(folder, "log");

  await buildLanguageHosts(root, context({ LOG: log, SDK: sdk }));

  expect(readFileSync(log, "utf8").trim().split("\n")).toEqual([
    `${ENGINE_MODULES_DIR}/language-yaml|build -mod=readonly -ldflags -s -w -o ${root}/bin/pulumi-language-yaml github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml`,
    `${ENGINE_MODULES_DIR}/language-python|build -mod=readonly -ldflags -s -w -o ${root}/bin/pulumi-language-python github.com/pulumi/pulumi/sdk/python/cmd/pulumi-language-python/v3`,
    `${ENGINE_MODULES_DIR}/language-python|list -mod=readonly -m -f {{.Dir}} github.com/pulumi/pulumi/sdk/v3`,
  ]);
  const script = join(root, "bin/pulumi-language-python-exec");
  expect(readFileSync(script, "utf8")).toContain("python3");
  expect(statSync(script).mode & 0o111).toBe(0o111);
});

describe("installEngine", () => {
  const withFetch = (body: string): NodeJS.ProcessEnv => {
    const preload = join(folder, "fetch.cjs");
    writeFileSync(preload, `globalThis.fetch = ${body};`);
    return { NODE_OPTIONS: `--require ${preload}` };
  };

  test("a download site that cannot be reached is told in one line", async () => {
    const env = withFetch('() => Promise.reject(new Error("getaddrinfo ENOTFOUND"))');

    await expect(installEngine(root, context(env))).rejects.toThrow(/^Failed to download .*getaddrinfo ENOTFOUND$/);
  });

  test("a download site that does not answer is given up after ten seconds", async () => {
    const env = withFetch("() => new Promise(() => undefined)");

    await expect(installEngine(root, context(env))).rejects.toThrow(
      "the vendor's download site did not answer within 10 s",
    );
  }, 60_000);
});
