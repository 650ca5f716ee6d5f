import * as pulumi from "@pulumi/pulumi";
import { isScanOfRun } from "../../../sdk/scan-in-run";
import { valueOf } from "../../../program/outputs";
import type { TriggerInputs } from "../../../sdk/triggers/triggers";

const A = "a".repeat(64);
const B = "b".repeat(64);
const asked = (triggers: Record<string, string>): TriggerInputs => ({
  triggers: Object.fromEntries(Object.entries(triggers).map(([name, digest]) => [name, pulumi.output(digest)])),
});

const isOfRun = (
  wanted: { owner?: string | number; triggers?: Record<string, string>; runId?: string; specification?: string | null },
  inState: { owner?: string; triggers?: Record<string, string>; runId?: string; specification?: string },
): Promise<boolean> =>
  valueOf(
    isScanOfRun(
      {
        ...wanted,
        owner: wanted.owner ?? "7",
        triggers: wanted.triggers && asked(wanted.triggers),
        runId: wanted.runId,
      },
      { ...inState, owner: inState.owner ?? "7", triggers: inState.triggers, runId: inState.runId },
    ),
  );

test.each([
  ["equal triggers", { triggers: { 0: A } }, { triggers: { 0: A } }, true],
  ["no trigger on either side", { triggers: {} }, { triggers: {} }, true],
  ["another digest", { triggers: { 0: A } }, { triggers: { 0: B } }, false],
  ["one more trigger", { triggers: { 0: A, 1: B } }, { triggers: { 0: A } }, false],
  ["one trigger less", { triggers: { 0: A } }, { triggers: { 0: A, 1: B } }, false],
  ["triggers where there were none", { triggers: { 0: A } }, { runId: "one" }, false],
  ["a mark that is to be kept", { triggers: { $deployed: "keep" } }, { triggers: { $deployed: "one" } }, true],
  ["a new mark", { triggers: { $deployed: "two" } }, { triggers: { $deployed: "one" } }, false],
  ["this very run", { runId: "one" }, { runId: "one" }, true],
  ["another run", { runId: "two" }, { runId: "one" }, false],
  ["a state that names no run", { runId: "two" }, {}, false],
  ["the project as a number", { owner: 7, runId: "one" }, { runId: "one" }, true],
  ["the same specification", { triggers: {}, specification: A }, { triggers: {}, specification: A }, true],
  ["another specification", { triggers: {}, specification: A }, { triggers: {}, specification: B }, false],
  ["a specification that was taken out", { triggers: {} }, { triggers: {}, specification: B }, false],
  [
    "a specification of which only the provider knows",
    { triggers: {}, specification: null },
    { triggers: {}, specification: B },
    true,
  ],
  ["one of which only the provider knows, and none", { triggers: {}, specification: null }, { triggers: {} }, false],
  ["another project", { owner: 8, triggers: { 0: A } }, { triggers: { 0: A } }, false],
])("%s", async (_case, wanted, inState, expected) => {
  expect(await isOfRun(wanted, inState)).toBe(expected);
});

test("the digest of a resource is made as in check, and compared", async () => {
  const resourceDigests = { service: { id: pulumi.output(A) } };
  const triggers = { service: pulumi.output("") };
  const wanted = { owner: "7", triggers: { triggers, resourceDigests }, runId: undefined };

  const isOther = await valueOf(isScanOfRun(wanted, { owner: "7", triggers: { service: B }, runId: undefined }));

  expect(isOther).toBe(false);
});

test("that a scan is of this run is no secret, though its triggers are", async () => {
  const wanted = { owner: "7", triggers: { triggers: { 0: pulumi.secret(A) } }, runId: undefined };

  const isOfThisRun = isScanOfRun(wanted, { owner: "7", triggers: pulumi.secret({ 0: A }), runId: undefined });

  expect(await pulumi.isSecret(isOfThisRun)).toBe(false);
  expect(await valueOf(isOfThisRun)).toBe(true);
});
