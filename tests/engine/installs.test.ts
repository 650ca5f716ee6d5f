import { cpSync, existsSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { temporaryFolder } from "./stack/ending";
import { runWell } from "./stack/run";
import { literal } from "./stack/scans";
import { TestService } from "./stack/service";
import { sharedInstallation, Stack } from "./stack/stack";

const ROOT = resolve(__dirname, "../..");
/** The ends of the peer range: the oldest that it names, and the newest that was there when this was written. */
const OLDEST_SDK = "3.217.0";
const NEWEST_SDK = "3.270.0";
/** The SDK that this repository itself is built with, the last for Node 20. */
const BUILT_SDK = "3.248.0";
const OLDEST_NODE = "20.18.1";
const NEWEST_NODE = "26";

/** A gate on a project's own scan, and another on the scan of a hook; `gate` are the settings of the first. */
const program = (gate: object, heldName = "held"): string => `
const url = "http://127.0.0.1:9/";
const shop = new crashtest.Project("shop", { url, scanOnDeploy: { triggers: [1], gate: ${literal(gate)} } });
const held = new crashtest.Project("held", { url, name: "${heldName}" }, { dependsOn: [shop.gate] });
const onDeploy = crashtest.scanOnDeploy("web", { projectId: held.projectId, gate: true });
const web = new crashtest.Project("web", { url }, { hooks: onDeploy.hooks });
const deployed = onDeploy.after([web]);
exports.scanIds = [shop.scanId, deployed.scanId];
exports.reasons = [shop.gate.verdict.reason, deployed.verdict.reason];
`;

let service: TestService;
let folder: string;

beforeEach(async () => {
  service = await TestService.start();
  folder = temporaryFolder("pulumi-crashtest-install");
});

const tarball = (): string => process.env["CRASHTEST_TEST_TARBALL"] ?? "";

const install = async (
  command: string,
  args: readonly string[],
  dependencies: Record<string, string>,
): Promise<void> => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "programs", private: true, dependencies }));
  await runWell(command, args, { cwd: folder, timeoutSeconds: 200 });
};

/** Which values of a configuration are secrets, a program learns from a part of the SDK that its types do not name. */
const refusesPlainKey = async (stack: Stack): Promise<void> => {
  await stack.well("config", "set", "--plaintext", "crashtest:apiKey", "a-plain-key");
  expect(await stack.upFails()).toContain("crashtest:apiKey is stored in plain text");
  await stack.well("config", "rm", "crashtest:apiKey");
};

/** Mocks are known by the monitor that the SDK sets for them. */
const asksNobodyUnderMocks = async (stack: Stack): Promise<void> => {
  const unitTest = `
const pulumi = require("@pulumi/pulumi");
const crashtest = require("pulumi-crashtest");
pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "id", state: inputs }), call: () => ({}) }).then(() => {
  const scanOnDeploy = { triggers: [1], gate: true };
  const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/", scanOnDeploy });
  shop.gate.verdict.apply(({ message }) => console.log(message));
});`;
  const output = await runWell("node", ["--eval", unitTest], { cwd: stack.folder, env: stack.environment });
  expect(output).toMatch(/^gate open: scan 1 found 0 critical/m);
  expect(await service.takeLog()).toEqual([]);
};

/** A gate that closes stays closed where the command leaves it out: what holds it is a part of the SDK's components. */
const closesWhereLeftOut = async (stack: Stack): Promise<void> => {
  const { urn } = stack.resource("held");
  expect(await stack.upFails("--target", urn)).toContain("gate closed (scannerMissing)");
};

/**
 * Deploys, sees that nothing changes and that a gate closes, and destroys; with an SDK that no other test has, also what the
 * package takes from parts of the SDK that may be others there.
 */
const cycle = async ({ isOtherSdk, ...environment }: { isOtherSdk: boolean; PATH?: string }): Promise<void> => {
  const stack = Stack.create({
    program: program({}),
    parent: folder,
    environment: { ...service.environment, ...environment },
    loadsAll: isOtherSdk,
  });
  if (isOtherSdk) {
    await refusesPlainKey(stack);
    await asksNobodyUnderMocks(stack);
  }
  await stack.up();
  expect(await stack.outputs()).toEqual({ scanIds: ["1", "2"], reasons: ["passed", "passed"] });
  await stack.up("--expect-no-changes");
  stack.write(program({ requiredScanners: ["nobody"] }, "other"));
  expect(await stack.upFails()).toContain("gate closed (scannerMissing)");
  if (isOtherSdk) await closesWhereLeftOut(stack);
  expect(stack.resource("held").outputs).toMatchObject({ name: "held" });
  await stack.well("destroy", "--yes", "--skip-preview");
  expect(stack.state().resources).toEqual([]);
};

const npmInstall = ["install", "--no-audit", "--no-fund", "--prefer-offline"];

test(`npm, with the oldest SDK (${OLDEST_SDK}) on the oldest Node (${OLDEST_NODE})`, async () => {
  await install("npm", npmInstall, {
    "pulumi-crashtest": `file:${tarball()}`,
    "@pulumi/pulumi": OLDEST_SDK,
    node: OLDEST_NODE,
  });

  await cycle({ isOtherSdk: true, ...(await pathWithNode(OLDEST_NODE)) });
});

test(`npm, with the newest SDK (${NEWEST_SDK}) on the newest Node (${NEWEST_NODE})`, async () => {
  await install("npm", npmInstall, {
    "pulumi-crashtest": `file:${tarball()}`,
    "@pulumi/pulumi": NEWEST_SDK,
    node: NEWEST_NODE,
  });

  await cycle({ isOtherSdk: true, ...(await pathWithNode(NEWEST_NODE)) });
});

test("pnpm, whose store the engine's own serializer does not know", async () => {
  const pnpm = join(ROOT, "node_modules/.bin/pnpm");
  await install(pnpm, ["install", "--prefer-offline", "--store-dir", join(folder, ".store")], {
    "pulumi-crashtest": `file:${tarball()}`,
    "@pulumi/pulumi": BUILT_SDK,
  });
  expect(realpathSync(join(folder, "node_modules/pulumi-crashtest"))).toContain(".pnpm");

  await cycle({ isOtherSdk: false });
});

test("a checkout that is linked", async () => {
  const isOther = (path: string): boolean => basename(path) !== "pulumi-crashtest";
  cpSync(join(sharedInstallation(), "node_modules"), join(folder, "node_modules"), {
    recursive: true,
    filter: isOther,
  });
  symlinkSync(ROOT, join(folder, "node_modules/pulumi-crashtest"));

  await cycle({ isOtherSdk: false });
});

/** A PATH on which the `node` package's binary comes first, checked to be the version that is meant. */
async function pathWithNode(version: string): Promise<{ PATH: string }> {
  const binaries = join(folder, "node_modules/node/bin");
  expect(existsSync(binaries)).toBe(true);
  const PATH = [binaries, process.env["PATH"]].join(delimiter);
  const found = await runWell("node", ["--version"], { cwd: folder, env: { ...process.env, PATH } });
  expect(found.trim()).toMatch(new RegExp(`^v${version.replaceAll(".", "\\.")}`));
  return { PATH };
}
