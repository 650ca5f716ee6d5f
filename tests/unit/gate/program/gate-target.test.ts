import * as pulumi from "@pulumi/pulumi";
import { gateTargetOf } from "../../../../gate/program/gate-target";
import type { LoginKind } from "../../../../service/login";
import type { TargetKind } from "../../../../service/service";
import { CRASHTEST_RULES } from "../../../../service/crashtest/rules";
import { Scan, type ScanArgs } from "../../../../sdk/scan";
import { clearEnvironment, restoreEnvironment } from "../../sdk/environment";
import { forgetProgram, RecordedProgram, settled } from "../../sdk/recorded-program";

const BY_PROJECT: ScanArgs = { projectId: 7 };
const WEBHOOK = "3f2b1c9a-7d4e-4c1b-9a53-0e6f8d2a7b11";
const BY_WEBHOOK: ScanArgs = { webhook: WEBHOOK };

beforeEach(async () => {
  clearEnvironment();
  await RecordedProgram.start();
});
afterEach(async () => {
  await pulumi.runtime.disconnect();
  forgetProgram();
  restoreEnvironment();
});

test.each<[string, ScanArgs, string]>([
  ["of the program, by project, is the deployment's", BY_PROJECT, "deployment"],
  ["with triggers that are in state is the deployment's", { ...BY_PROJECT, triggers: ["v1"] }, "deployment"],
  ["by webhook is of nobody knows whom", BY_WEBHOOK, "unknown"],
])("a scan %s", async (_what, args, startedBy) => {
  const { scan } = await settled(gateTargetOf({ scan: new Scan("nightly", args) }));

  expect(scan).toMatchObject({ scanId: "12", startedBy });
});

test.each<[TargetKind, ScanArgs]>([
  ["project", BY_PROJECT],
  ["webhook", BY_WEBHOOK],
])("a scan that this run left out is of an earlier deployment, by %s", async (kind, args) => {
  const nightly = new Scan("nightly", args);
  jest.spyOn(nightly, "isOfThisRun").mockReturnValue(pulumi.output(false));

  const { scan } = await settled(gateTargetOf({ scan: nightly }));

  expect(scan).toMatchObject({ abilities: CRASHTEST_RULES.abilitiesFor(kind), startedBy: "earlier" });
});

test("an ID that comes from a scan of the program stands for that scan", async () => {
  const nightly = new Scan("nightly", BY_PROJECT);
  jest.spyOn(nightly, "isOfThisRun").mockReturnValue(pulumi.output(false));
  const scanId = pulumi.interpolate`${nightly.scanId}`;

  const { scan } = await settled(gateTargetOf({ projectId: 7, scanId }));

  expect(scan).toMatchObject({ scanId: "12", startedBy: "earlier" });
});

test("a scan that was found after a lost start is the deployment's, although it is joined", async () => {
  const nightly = new Scan("nightly", BY_PROJECT);
  Object.assign(nightly, { joined: pulumi.output(true), isFoundAfterLostStart: pulumi.output(true) });

  const { scan } = await settled(gateTargetOf({ scan: nightly }));

  expect(scan).toMatchObject({ startedBy: "deployment" });
});

test("a scan by webhook is named by a digest of it, in any case of its letters, and never by the webhook", async () => {
  const [one, upper, other] = await Promise.all(
    [WEBHOOK, WEBHOOK.toUpperCase(), WEBHOOK.replace("3f2b", "3f2c")].map(async (webhook, at) => {
      const { scan } = await settled(gateTargetOf({ scan: new Scan(`nightly-${at}`, { webhook }) }));
      expect(JSON.stringify(scan).toLowerCase()).not.toContain(webhook.toLowerCase());
      return scan.webhookDigest;
    }),
  );

  // Made with `printf` and `sha256sum`: it is in states.
  expect(one).toBe("webhook-7c94f9fa125bfa58");
  expect(upper).toBe(one);
  expect(other).not.toBe(one);
});

test("a scan by project has no such digest", async () => {
  const { scan } = await settled(gateTargetOf({ scan: new Scan("nightly", BY_PROJECT) }));

  expect(scan).not.toHaveProperty("webhookDigest");
});

test.each<[readonly LoginKind[] | undefined, boolean]>([
  [["form"], true],
  [[], false],
  [undefined, false],
])("a scan whose login kinds are %j has a login: %p", async (loginKinds, hasLogin) => {
  const nightly = new Scan("nightly", BY_PROJECT);
  Object.assign(nightly, { loginKinds: pulumi.output(loginKinds) });

  const { scan } = await settled(gateTargetOf({ scan: nightly }));

  expect("hasLogin" in scan).toBe(hasLogin);
});
