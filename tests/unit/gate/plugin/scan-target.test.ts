import type { ScanOfRun } from "../../../../gate/plugin/gate-call";
import { gateTarget } from "../../../../gate/plugin/scan-target";
import { UNKNOWN, type Values } from "../../../../provider/lifecycle/lifecycle";
import { Secret } from "../../../../provider/wire/properties";
import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import { VERACODE_RULES } from "../../../../service/veracode/rules";

const URN = "urn:pulumi:dev::shops::crashtest:index:Scan::nightly";
const SERVICE = { origin: "http://127.0.0.1:9", instance: "a" };
const WEBHOOK = "3f2b1c9a-7d4e-4c1b-9a53-0e6f8d2a7b11";
const STATE = { projectId: "7", scanId: "31", joined: false, service: SERVICE };

interface Given {
  checked?: ScanOfRun;
  /** What the engine knows of it. */
  inState?: Values;
  rules?: typeof CRASHTEST_RULES;
}

function targetOf({ checked, inState, rules = CRASHTEST_RULES }: Given) {
  const scans = new Map(checked === undefined ? [] : [[URN, checked]]);
  const readResource = jest.fn(() =>
    inState === undefined ? Promise.reject(new Error("unknown resource")) : Promise.resolve(inState),
  );
  return { readResource, target: gateTarget({ scanUrn: URN }, { service: { rules }, scans }, { readResource }) };
}

test.each<[string, Values, string]>([
  ["that it started is the deployment's", {}, "deployment"],
  ["that it joined is somebody else's", { joined: true }, "other"],
  ["whose state does not say so is somebody else's", { joined: undefined }, "other"],
  ["found after a lost start is the deployment's", { joined: true, isFoundAfterLostStart: true }, "deployment"],
])("a scan of this run %s", async (_what, fields, startedBy) => {
  const { target, readResource } = targetOf({ checked: { inputs: {}, state: { ...STATE, ...fields } } });

  expect(await target).toEqual({
    source: { projectId: "7", scanId: "31", owner: SERVICE },
    scan: { projectId: "7", scanId: "31", urn: URN, startedBy, abilities: CRASHTEST_RULES.abilitiesFor("project") },
  });
  expect(readResource).not.toHaveBeenCalled();
});

test("a scan by webhook is named by the webhook's digest", async () => {
  const state = { webhook: WEBHOOK, scanId: "31", joined: true, loginKinds: ["form"] };

  const target = await targetOf({ checked: { inputs: {}, state } }).target;

  expect(target).toMatchObject({
    source: { webhook: WEBHOOK, scanId: "31" },
    scan: { webhookDigest: "webhook-7c94f9fa125bfa58", startedBy: "unknown", hasLogin: true },
  });
});

test.each<[string, ScanOfRun]>([
  ["failed", { inputs: {} }],
  ["is yet to be started", { inputs: {}, state: { ...STATE, scanId: UNKNOWN } }],
  ["is yet to be replaced", { inputs: {}, state: { ...STATE, projectId: UNKNOWN } }],
])("a scan of this run that %s is not known, whatever the engine knows of it", async (_what, checked) => {
  const { target, readResource } = targetOf({ checked, inState: STATE });

  expect(await target).toBeUndefined();
  expect(readResource).not.toHaveBeenCalled();
});

test("a scan that this run has not checked is unseen, by its earlier IDs, even if they are secret", async () => {
  const { target, readResource } = targetOf({ inState: { ...STATE, webhook: new Secret(WEBHOOK) } });

  expect(await target).toMatchObject({ source: { webhook: WEBHOOK, scanId: "31" }, scan: { startedBy: "unseen" } });
  expect(readResource).toHaveBeenCalledWith(URN);
});

test("a scan that was never there is not known", async () => {
  expect(await targetOf({}).target).toBeUndefined();
  expect(await targetOf({ inState: {} }).target).toBeUndefined();
});

test("a scan that is given by its IDs is of nobody knows whom, by the rules of the service", async () => {
  const by = (rules: typeof CRASHTEST_RULES, ids: { projectId: unknown; scanId: unknown }) =>
    gateTarget(ids, { service: { rules }, scans: new Map() }, { readResource: () => Promise.reject(new Error()) });
  const uuid = "8bf87aa6-942f-41b0-ac15-c0a26e78dced";

  expect(await by(CRASHTEST_RULES, { projectId: 7, scanId: 31 })).toMatchObject({
    source: { projectId: "7", scanId: "31" },
    scan: { startedBy: "unknown" },
  });
  await expect(by(CRASHTEST_RULES, { projectId: uuid, scanId: 31 })).rejects.toThrow("ScanGate: projectId");
  expect(await by(VERACODE_RULES, { projectId: uuid, scanId: uuid })).toMatchObject({ source: { projectId: uuid } });
  expect(
    await gateTarget(UNKNOWN, { service: { rules: CRASHTEST_RULES }, scans: new Map() }, { readResource: jest.fn() }),
  ).toBeUndefined();
});
