import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

/** A resource with an output that its state has only where the program gives it, and one that is a secret. */
const SERVICE_CLASS = `
const provider = {
  create: async (inputs) => ({ id: "web", outs: { ...inputs, address: "10.0.0." + inputs.version } }),
  update: async (id, olds, news) => ({ outs: { ...news, address: "10.0.0." + news.version } }),
};
class Service extends pulumi.dynamic.Resource {
  constructor(name, inputs, opts) {
    super(provider, name, { address: undefined, note: undefined, never: undefined, ...inputs }, opts);
  }
}
`;

const SCAN = `
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" });
const scanOn = (triggers) => new crashtest.Scan("nightly", { projectId: shop.projectId, triggers });
`;

const withService = (inputs: string, triggers: string): string =>
  `${SERVICE_CLASS}${SCAN}const web = new Service("web", ${inputs});
exports.scanId = scanOn(${triggers}).scanId;`;

const withTriggers = (triggers: string): string => `${SCAN}exports.scanId = scanOn(${triggers}).scanId;`;

const SHA256 = /^[0-9a-f]{64}$/;
const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start();
});

const deploy = async (program: string): Promise<void> => {
  stack = Stack.create({ program, environment: service.environment });
  await stack.up();
};

/** Deploys a changed program and gives the scan's ID. */
const deployed = async (program?: string): Promise<unknown> => {
  if (program !== undefined) stack.write(program);
  await stack.up();
  return (await stack.outputs())["scanId"];
};

test("a resource starts a scan when it changed, and an output that its state lacks is no change, also in previews", async () => {
  await deploy(withService(`{ version: "1" }`, `[web]`));

  await stack.well("preview", "--expect-no-changes");
  await stack.up("--expect-no-changes");
  expect(await deployed()).toBe("1");

  stack.write(withService(`{ version: "2" }`, `[web]`));
  expect(await stack.well("preview")).toMatch(/Scan.*nightly.*update/);
  expect(await deployed()).toBe("2");
  await stack.well("preview", "--expect-no-changes");

  expect(await deployed(withService(`{ version: "2", note: "a new output" }`, `[web]`))).toBe("3");
  await stack.well("preview", "--expect-no-changes");
  expect(await deployed(withService(`{ version: "2" }`, `[web]`))).toBe("4");
});

test("an input that a provider never gives back is no output, also where it changed", async () => {
  const program = (version: string): string => `
const provider = {
  create: async () => ({ id: "web", outs: { address: "10.0.0.1" } }),
  update: async () => ({ outs: { address: "10.0.0.1" } }),
};
class Service extends pulumi.dynamic.Resource {
  constructor(name, inputs) { super(provider, name, { address: undefined, ...inputs }); }
}
const web = new Service("web", { version: "${version}" });
${withTriggers("[web]")}`;
  await deploy(program("1"));

  await stack.well("preview", "--expect-no-changes");
  await stack.up("--expect-no-changes");
  expect(await deployed(program("2"))).toBe("1");
});

test("of a resource state holds one digest at the trigger's name, and nothing of what that was made of", async () => {
  await deploy(withService(`{ version: "1" }`, `{ web, build: 1 }`));

  const { text } = stack.state();
  const { inputs, outputs } = stack.resource("nightly");

  const digests = { web: expect.stringMatching(SHA256) as string, build: expect.stringMatching(SHA256) as string };
  expect(inputs?.["triggers"]).toEqual(digests);
  expect(outputs?.["triggers"]).toEqual(digests);
  expect(Object.keys({ ...inputs, ...outputs })).not.toContain("resourceDigests");
  expect(text.match(/resourceDigests/g)).toHaveLength(1);
  expect(text).toMatch(/"propertyDependencies": \{[^}]*"resourceDigests": \[/);
});

test("of a resource with a secret output, and of a secret, state holds the digest encrypted", async () => {
  const program = (password: string): string =>
    withService(
      `{ version: "1", password: pulumi.secret("${password}") }`,
      `{ web, secret: pulumi.secret("${password}") }`,
    );
  await deploy(program("p4ssw0rd"));

  const { text } = stack.state();
  const { inputs, outputs } = stack.resource("nightly");
  const secret = expect.objectContaining({ [SECRET_SIGNATURE]: expect.any(String) as string }) as object;
  expect(inputs?.["triggers"]).toEqual({ web: secret, secret });
  expect(outputs?.["triggers"]).toEqual({ web: secret, secret });
  expect(text).not.toContain("p4ssw0rd");

  await stack.well("preview", "--expect-no-changes");
  expect(await deployed()).toBe("1");
  expect(await deployed(program("n3wp4ss"))).toBe("2");
});

test("the package's own project is a trigger, and replacing it is a change", async () => {
  const program = (name: string): string => `
const other = new crashtest.Project("other", { url: "http://127.0.0.1:9/", name: "${name}" });${withTriggers("{ other }")}`;
  await deploy(program("one"));
  await stack.well("preview", "--expect-no-changes");

  stack.write(program("two"));
  expect(await stack.well("preview")).toMatch(/Scan.*nightly.*update/);
  expect(await deployed()).toBe("2");
});

test("files and folders are triggers by content, and the diff names the one that changed", async () => {
  const program = withTriggers(`{
  file: new pulumi.asset.FileAsset("app.js"),
  site: [new pulumi.asset.FileArchive("site")],
  text: pulumi.output(new pulumi.asset.StringAsset("v1")),
}`);
  stack = Stack.create({ program, environment: service.environment });
  const write = (name: string, content: string): void => {
    writeFileSync(join(stack.folder, name), content);
  };
  mkdirSync(join(stack.folder, "site/inner"), { recursive: true });
  write("app.js", "1");
  write("site/inner/page.html", "1");
  expect(await deployed()).toBe("1");

  write("app.js", "1");
  await stack.up("--expect-no-changes");
  write("site/inner/page.html", "2");
  const preview = await stack.well("preview", "--diff");

  expect(preview).toMatch(/~ site *:/);
  expect(preview).not.toMatch(/~ (file|text) *:/);
  expect(await deployed()).toBe("2");
});

test("an address is a trigger by its text, and something that only looks empty is refused", async () => {
  const program = (version: string): string => withTriggers(`[new URL("https://site.example/${version}")]`);
  await deploy(program("v1"));

  await stack.up("--expect-no-changes");
  expect(await deployed(program("v2"))).toBe("2");

  stack.write(withTriggers(`{ site: { query: new URLSearchParams("v=3") } }`));
  expect(await stack.upFails()).toContain("Trigger site.query is a URLSearchParams, which JSON cannot express");
});

test("a trigger that the preview does not know counts as changed there, and the deployment decides", async () => {
  const program = (version: string): string =>
    withService(`{ version: "1", note: "${version}" }`, `{ address: web.address }`);
  await deploy(program("1"));
  stack.write(program("2"));

  expect(await stack.well("preview")).toMatch(/Scan.*nightly.*update/);
  expect(await deployed()).toBe("1");
});

test.each<[string, string, string]>([
  [
    "a missing file",
    `{ app: new pulumi.asset.FileAsset("gone.js") }`,
    "Trigger app cannot be read: there is nothing at gone.js",
  ],
  ["a remote asset", `[new pulumi.asset.RemoteAsset("http://127.0.0.1:9/")]`, "Trigger 0 is or has a remote asset"],
  [
    "a component without outputs",
    `{ app: new pulumi.ComponentResource("any:index:Any", "any") }`,
    "Trigger app is a component without outputs",
  ],
])(
  "%s as a trigger fails the deployment with the trigger's name, and starts no scan",
  async (_what, triggers, problem) => {
    stack = Stack.create({ program: withTriggers(triggers), environment: service.environment });

    expect(await stack.upFails()).toContain(problem);
    expect(await service.takeLog()).not.toContain("POST /projects/1/scans");
  },
);
