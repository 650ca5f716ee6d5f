import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { archiveName, parsePlatforms, PLATFORMS, startScriptOf } from "../../../scripts/release/platforms";

const ROOT = resolve(__dirname, "../../..");
const SCRIPT = readFileSync(join(ROOT, "bin/pulumi-resource-crashtest"), "utf8");
const NEEDED = "pulumi-resource-crashtest: Node 20.18.1 or newer must be on the PATH, but ";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "start-scripts-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes an executable script. */
function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(resolve(file, ".."), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** A Node that says its version, and otherwise what it is started with. */
const fakeNode = (says: string): string =>
  write("path/node", `#!/bin/sh\nif [ "$1" = --version ]; then ${says}; else echo "started with $*"; fi\n`);

/** Starts the plugin with nothing but a fake Node on the PATH. */
function start(script: string, args: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(script, args, { encoding: "utf8", env: { PATH: join(folder, "path") } });
  return { status, stdout, stderr };
}

test.each([["v20.18.1"], ["v20.19.0"], ["v24.0.0"], ["v26.1.0-nightly20261101"]])(
  "the start script of an archive starts the plugin with Node %s",
  (version) => {
    fakeNode(`echo ${version}`);
    const script = write("plugin/pulumi-resource-crashtest", SCRIPT);
    mkdirSync(join(folder, "plugin/dist"));

    expect(start(script, ["127.0.0.1:4000", "a b"])).toEqual({
      status: 0,
      stdout: `started with ${folder}/plugin/dist/provider/plugin/main.js 127.0.0.1:4000 a b\n`,
      stderr: "",
    });
  },
);

test("in the npm package the plugin lies beside the folder of the start script", () => {
  fakeNode("echo v22.1.0");
  const script = write("package/bin/pulumi-resource-crashtest", SCRIPT);
  mkdirSync(join(folder, "package/dist"));

  expect(start(script).stdout).toBe(`started with ${folder}/package/bin/../dist/provider/plugin/main.js\n`);
});

test("the start script can be a link", () => {
  fakeNode("echo v22.1.0");
  write("path/readlink", "#!/bin/sh\necho ../plugin/pulumi-resource-crashtest\n");
  write("plugin/pulumi-resource-crashtest", SCRIPT);
  mkdirSync(join(folder, "plugin/dist"));
  mkdirSync(join(folder, "links"));
  symlinkSync("../plugin/pulumi-resource-crashtest", join(folder, "links/plugin"));

  expect(start(join(folder, "links/plugin")).stdout).toBe(
    `started with ${folder}/links/../plugin/dist/provider/plugin/main.js\n`,
  );
});

test.each([
  ["v16.20.2", "it is Node 16.20.2"],
  ["v20.18.0", "it is Node 20.18.0"],
  ["v20.9.5", "it is Node 20.9.5"],
  ["v9.99.99", "it is Node 9.99.99"],
  ["something", '"node --version" says "something"'],
  ["", '"node --version" says ""'],
])("a Node that answers %p is refused, and nothing is started", (answer, why) => {
  fakeNode(`echo '${answer}'`);
  const script = write("plugin/pulumi-resource-crashtest", SCRIPT);

  expect(start(script)).toEqual({ status: 1, stdout: "", stderr: `${NEEDED}${why}.\n` });
});

test("a Node that does not run is refused", () => {
  fakeNode("exit 3");
  const script = write("plugin/pulumi-resource-crashtest", SCRIPT);

  expect(start(script)).toEqual({ status: 1, stdout: "", stderr: `${NEEDED}"node --version" failed.\n` });
});

test("without Node on the PATH the start script says so", () => {
  mkdirSync(join(folder, "path"));
  const script = write("plugin/pulumi-resource-crashtest", SCRIPT);

  expect(start(script)).toEqual({ status: 1, stdout: "", stderr: `${NEEDED}there is none.\n` });
});

test("both start scripts need the version of package.json, and that for Windows has the line ends of Windows", () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { engines: { node: string } };
  const windows = readFileSync(join(ROOT, "bin/pulumi-resource-crashtest.cmd"), "utf8");
  const version = engines.node.replace(">=", "");
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const compared = String(major * 1_000_000 + minor * 1_000 + patch);

  for (const script of [SCRIPT, windows]) {
    expect(script).toContain(`Node ${version} or newer must be on the PATH`);
    expect(script).toContain(compared);
  }
  expect(windows.split("\r\n").join("")).not.toMatch(/[\r\n]/);
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
