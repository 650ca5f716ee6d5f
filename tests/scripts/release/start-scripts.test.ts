import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { archiveName, parsePlatforms, PLATFORMS, startScriptOf } from "../../../scripts/release/platforms";

const ROOT = resolve(__dirname, "../../..");
const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { engines: { node: string } };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "start-scripts-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a file that can be run. */
function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(resolve(file, ".."), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** Lays out what the start script needs: in an archive it lies beside dist, in the npm package in a folder beside it. */
function layOut(scriptFolder: string, root: string): string {
  write(join(root, "package.json"), JSON.stringify({ engines }));
  write(join(root, "dist/provider/plugin/main.js"), 'console.log("started with", process.argv.slice(2).join("|"));\n');
  write(join(scriptFolder, "start-plugin.js"), readFileSync(join(ROOT, "bin/start-plugin.js"), "utf8"));
  const script = readFileSync(join(ROOT, "bin/pulumi-resource-crashtest"), "utf8");
  return write(join(scriptFolder, "pulumi-resource-crashtest"), script);
}

/** Puts a Node on the PATH that takes itself for this version. */
function nodeOf(says: string = process.versions.node): void {
  const fake = write("fake.js", `Object.defineProperty(process.versions, "node", { value: "${says}" });\n`);
  write("path/node", `#!/bin/sh\nexec "${process.execPath}" --require "${fake}" "$@"\n`);
}

/** Starts the plugin with nothing but that Node on the PATH. */
function start(script: string, args: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(script, args, { encoding: "utf8", env: { PATH: join(folder, "path") } });
  return { status, stdout, stderr };
}

test.each([["20.18.1"], ["20.19.0"], ["24.0.0"], ["26.1.0-nightly20261101"]])(
  "the start script of an archive starts the plugin with Node %s",
  (says) => {
    nodeOf(says);
    const script = layOut("plugin", "plugin");

    expect(start(script, ["127.0.0.1:4000", "a b"])).toEqual({
      status: 0,
      stdout: "started with 127.0.0.1:4000|a b\n",
      stderr: "",
    });
  },
);

test("in the npm package the plugin lies beside the folder of the start script", () => {
  nodeOf();
  const script = layOut("package/bin", "package");

  expect(start(script).stdout).toBe("started with \n");
});

test("the start script can be a link", () => {
  nodeOf();
  write("path/readlink", "#!/bin/sh\necho ../plugin/pulumi-resource-crashtest\n");
  layOut("plugin", "plugin");
  mkdirSync(join(folder, "links"));
  symlinkSync("../plugin/pulumi-resource-crashtest", join(folder, "links/plugin"));

  expect(start(join(folder, "links/plugin")).stdout).toBe("started with \n");
});

test.each([["16.20.2"], ["20.18.0"], ["20.9.5"], ["9.99.99"]])("Node %s is refused, and nothing is started", (says) => {
  nodeOf(says);
  const needed = engines.node.replace(">=", "");

  expect(start(layOut("plugin", "plugin"))).toEqual({
    status: 1,
    stdout: "",
    stderr: `pulumi-resource-crashtest: Node ${needed} or newer must be on the PATH, but it is Node ${says}.\n`,
  });
});

test("without Node on the PATH the start script says so", () => {
  mkdirSync(join(folder, "path"));

  expect(start(layOut("plugin", "plugin"))).toEqual({
    status: 1,
    stdout: "",
    stderr: "pulumi-resource-crashtest: Node must be on the PATH, but there is none.\n",
  });
});

test("the start script for Windows says and starts the same, with the Node of the PATH, not of the program's folder", () => {
  const text = readFileSync(join(ROOT, "bin/pulumi-resource-crashtest.cmd"), "utf8");
  const lines = text.trimEnd().split("\r\n");

  expect(lines.join("")).not.toMatch(/[\r\n]/);
  expect(text).toContain("echo pulumi-resource-crashtest: Node must be on the PATH, but there is none. 1>&2");
  expect(text).toContain("where $PATH:node ");
  expect(lines.slice(0, -1)).toContain('set "NoDefaultCurrentDirectoryInExePath=1"');
  expect(lines.at(-1)).toBe('node "%~dp0start-plugin.js" %*');
});

test("archives have the names that Pulumi looks for", () => {
  expect(PLATFORMS.map((platform) => archiveName("1.2.3", platform))).toContain(
    "pulumi-resource-crashtest-v1.2.3-darwin-arm64.tar.gz",
  );
  expect(startScriptOf("windows-amd64")).toBe("pulumi-resource-crashtest.cmd");
  expect(parsePlatforms([])).toEqual(PLATFORMS);
  expect(parsePlatforms(["linux-arm64"])).toEqual(["linux-arm64"]);
  expect(() => parsePlatforms(["linux-arm64", "beos"])).toThrow("expected some of linux-amd64, ");
});
