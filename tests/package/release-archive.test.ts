import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";
import { writeArchives, type Archive } from "../../scripts/release/archive";

const ROOT = resolve(__dirname, "../..");
const MAX_SIZE_BYTES = 3_000_000;

let folder: string;
let archives: readonly Archive[];
let files: string[];
let plugin: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "release-archive-"));
  archives = await writeArchives(join(folder, "one"), ["linux-amd64", "windows-amd64"]);
  plugin = join(folder, "plugin");
  mkdirSync(plugin);
  execFileSync("tar", ["xzf", join(folder, "one", archives[0]?.name ?? ""), "-C", plugin]);
  files = execFileSync("tar", ["tzf", join(folder, "one", archives[0]?.name ?? "")], { encoding: "utf8" })
    .trim()
    .split("\n");
}, 240_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("two builds have the same bytes, and their checksums are those of the files", async () => {
  const [again] = await writeArchives(join(folder, "other"), ["linux-amd64"]);

  expect(again).toEqual(archives[0]);
  const check = execFileSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: join(folder, "one"), encoding: "utf8" });
  expect(check.split("\n").filter((line) => line.endsWith(": OK"))).toHaveLength(2);
}, 120_000);

test("it has the built plugin, what that runs with, their licences, and nothing else", () => {
  const others = files.filter((file) => !/^(dist|node_modules)\/.+\.(c?js|mjs|json|node)$/.test(file));
  const top = others.filter((file) => !file.startsWith("node_modules/"));

  expect(top.sort()).toEqual([
    "LICENSE",
    "THIRD-PARTY-LICENSES.txt",
    "package.json",
    "pulumi-resource-crashtest",
    "schemas/schema.json",
    "start-plugin.js",
  ]);
  expect(files.filter((file) => /\.(ts|map)$|\/(test|tests)\/.*\.ts$/.test(file))).toEqual([]);
  expect(files.filter((file) => /node_modules\/(typescript|jest|eslint|esbuild|tsx)\//.test(file))).toEqual([]);
  expect(archives[0]?.sizeBytes).toBeLessThan(MAX_SIZE_BYTES);
  expect(statSync(join(plugin, "pulumi-resource-crashtest")).mode & 0o777).toBe(0o755);
});

test("the archive for Windows has the start script for Windows", () => {
  const [, windows] = archives;
  const names = execFileSync("tar", ["tzf", join(folder, "one", windows?.name ?? "")], { encoding: "utf8" });

  expect(names.split("\n").filter((name) => name.startsWith("pulumi-resource-"))).toEqual([
    "pulumi-resource-crashtest.cmd",
  ]);
});

test("each package in it is named with its licence", () => {
  const text = readFileSync(join(plugin, "THIRD-PARTY-LICENSES.txt"), "utf8");
  const packages = files.filter((file) => /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(file));
  const named = packages.map((file) => {
    const { name, version } = JSON.parse(readFileSync(join(plugin, file), "utf8")) as Record<string, string>;
    return `\n${name ?? ""} ${version ?? ""}\nLicence: `;
  });

  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((line) => !text.includes(line))).toEqual([]);
});

describe("unpacked, with only Node on the PATH", () => {
  let process_: ChildProcess;
  let client: ResourceProviderClient;

  beforeAll(async () => {
    process_ = spawn(join(plugin, "pulumi-resource-crashtest"), [], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: dirname(process.execPath) },
      cwd: folder,
    });
    const port = await new Promise<string>((got) => {
      process_.stdout?.once("data", (text: Buffer) => {
        got(String(text));
      });
    });
    client = new ResourceProviderClient(`127.0.0.1:${port.trim()}`, credentials.createInsecure());
  });

  afterAll(() => {
    client.close();
    process_.kill("SIGKILL");
  });

  test("it starts, and says its version and its schema", async () => {
    const version = await new Promise<string>((got, failed) =>
      client.getPluginInfo(new Empty(), (error: ServiceError | null, info) => {
        if (error === null) got(info.getVersion());
        else failed(error);
      }),
    );
    const schema = await new Promise<string>((got, failed) =>
      client.getSchema(new GetSchemaRequest(), (error: ServiceError | null, answer) => {
        if (error === null) got(answer.getSchema());
        else failed(error);
      }),
    );

    expect(archives[0]?.name).toContain(`-v${version}-`);
    expect(schema).toBe(readFileSync(join(ROOT, "schemas/schema.json"), "utf8"));
  });

  test("all that it may load later is in it", () => {
    const later = files.filter((file) => file.startsWith("dist/") && !file.endsWith("/plugin/main.js"));
    const program = `for (const file of ${JSON.stringify(later)}) require("./" + file); console.log("loaded")`;
    const output = execFileSync(process.execPath, ["-e", program], { cwd: plugin, encoding: "utf8" });

    expect(later.length).toBeGreaterThan(100);
    expect(later).toEqual(expect.arrayContaining(["dist/gate/plugin/construct.js", "dist/findings/formats/html.js"]));
    expect(output).toBe("loaded\n");
  });
});
