import { scanOfStack } from "../../../cli/stack-scan";

const urn = (name: string): string => `urn:pulumi:dev::shop::crashtest:Scan::${name}`;

const scan = (name: string, outputs: object, rest: object = {}): object => ({
  urn: urn(name),
  type: "pulumi-nodejs:dynamic/crashtest:Scan",
  outputs,
  ...rest,
});

const exported = (...resources: readonly unknown[]): string =>
  JSON.stringify({ version: 3, deployment: { resources } });

const OTHERS = [
  { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack", outputs: {} },
  { urn: "x", type: "pulumi-nodejs:dynamic/crashtest:Project", outputs: { projectId: "7" } },
  null,
];

test("the scan is found among other resources, with its project", () => {
  const text = exported(...OTHERS, scan("nightly", { projectId: "7", scanId: "31" }));

  expect(scanOfStack(text)).toMatchObject({ projectId: "7", scanId: "31" });
});

test("one that waits for its deletion is not meant, nor one that did not start", () => {
  const old = scan("nightly", { projectId: "6", scanId: "30" }, { delete: true });
  const text = exported(old, scan("other", {}), scan("nightly", { projectId: "7", scanId: "31" }));

  expect(scanOfStack(text)).toMatchObject({ projectId: "7", scanId: "31" });
});

test.each([
  [
    { origin: "https://api.example.com", instance: "a1" },
    { origin: "https://api.example.com", instance: "a1" },
  ],
  [{ origin: "https://api.example.com" }, { origin: "https://api.example.com" }],
  [
    { kind: "veracode", origin: "https://api.example.com" },
    { kind: "veracode", origin: "https://api.example.com" },
  ],
  [{ instance: "a1" }, undefined],
  [undefined, undefined],
])("whose number it is, the state says: %j", (noted, owner) => {
  const text = exported(scan("nightly", { projectId: "7", scanId: "31", service: noted }));

  expect(scanOfStack(text).owner).toEqual(owner);
});

test("by webhook there is no project, and the webhook is a secret", () => {
  const webhook = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };

  expect(scanOfStack(exported(scan("hook", { webhook, scanId: "31" })))).toMatchObject({
    projectId: undefined,
    scanId: "31",
  });
});

test.each([exported(), exported(...OTHERS), '{"deployment": {}}'])("a stack without a scan says so (%#)", (text) => {
  expect(() => scanOfStack(text)).toThrow("The stack has no scan. A deployment that fails");
});

test("of several scans each is named as the command takes it", () => {
  const text = exported(
    scan("shop", { projectId: "7", scanId: "31" }),
    scan("odd\u001b[2J", { projectId: "8", scanId: "32" }),
    scan("hook", { scanId: "33" }),
  );

  expect(() => scanOfStack(text)).toThrow(
    [
      "the stack has 3 scans; choose one instead of --state:",
      "  shop: --project 7 --scan 31",
      "  odd\uFFFD[2J: --project 8 --scan 32",
      "  hook: --scan 33",
    ].join("\n"),
  );
});

test.each(["", "error: no stack selected", "[]", '{"resources": []}', "null"])("%j is no state", (text) => {
  expect(() => scanOfStack(text)).toThrow("--state must be what `pulumi stack export` prints");
});
