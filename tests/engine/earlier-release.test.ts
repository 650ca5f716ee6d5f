import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LoggedRequest } from "crashtest-local";
import { MEDIUM } from "./stack/scans";
import { TestService } from "./stack/service";
import { Stack } from "./stack/stack";

const FIXTURES = join(__dirname, "../fixtures/earlier-release");
const STATE = join(FIXTURES, "state.json");
/** With the fingerprint by which a gate of the earlier release named the finding of `MEDIUM`. */
const ACCEPTED = join(FIXTURES, "accepted.yaml");

/** What an `up` of the program below left, and what it asked the service for. */
interface EarlierRelease {
  url: string;
  requests: readonly Pick<LoggedRequest, "method" | "path" | "body">[];
  latest: object;
}

/** A scan whose gates are open by what the earlier release wrote alone: its accepted findings, and its baseline. */
const PROGRAM = `
  const shop = new crashtest.Project("shop", { url: "https://shop.example.com/", type: "webapp" });
  const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, triggers: { build: 7, tags: ["a", "b"] } });
  const accepted = new crashtest.ScanGate("accepted", { scan, failOn: "low", accept: "accepted.yaml" });
  const fresh = new crashtest.ScanGate("fresh", { scan, failOn: "low", baseline: "firstScan" });
  exports.scanId = scan.scanId;
  exports.passed = [accepted.passed, fresh.passed];`;

const start = async (): Promise<{ service: TestService; stack: Stack }> => {
  const service = await TestService.start({ default: [MEDIUM] });
  const stack = Stack.create({ program: PROGRAM, environment: service.environment });
  copyFileSync(ACCEPTED, join(stack.folder, "accepted.yaml"));
  return { service, stack };
};

interface Checkpoint {
  checkpoint: { latest?: { secrets_providers?: unknown } };
}

if (process.env["CRASHTEST_WRITE_FIXTURE"] === "1") {
  test("writes the fixture with the release that is installed", async () => {
    const { service, stack } = await start();
    await stack.up();
    const requests = (await service.requests())
      .filter(({ method }) => method !== "GET")
      .map(({ method, path, body }) => ({ method, path, body }));
    const { latest = {} } = (JSON.parse(stack.readState()) as Checkpoint).checkpoint;
    writeFileSync(STATE, `${JSON.stringify({ url: service.url, requests, latest }, undefined, 2)}\n`);
  });
} else {
  test("a state and accepted findings of an earlier release show no change", async () => {
    const { service, stack } = await start();
    const text = readFileSync(STATE, "utf8");
    const { url } = JSON.parse(text) as EarlierRelease;
    const { requests, latest } = JSON.parse(text.replaceAll(url, service.url)) as EarlierRelease;
    for (const { method, path, body } of requests) await service.api(method as "POST", path, body);
    const { checkpoint } = JSON.parse(stack.readState()) as Checkpoint;
    // The key of secrets is the run's own; there is no secret in this state.
    const secrets_providers = checkpoint.latest?.secrets_providers;
    stack.writeState(
      JSON.stringify({ version: 3, checkpoint: { ...checkpoint, latest: { ...latest, secrets_providers } } }),
    );
    await service.until(async () => (await service.scans()).every(({ state }) => state === "finished"));

    const preview = await stack.well("preview", "--json");
    const steps = (JSON.parse(preview) as { steps: { op: string; urn: string }[] }).steps;
    const changed = steps
      .filter(({ op }) => op !== "same")
      .map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`);
    await stack.up();
    await stack.well("preview", "--expect-no-changes");

    // A gate with a baseline in the state may show one update of what it digested.
    expect(changed.filter((step) => step !== "update fresh-verdict")).toEqual([]);
    expect(await stack.outputs()).toEqual({ scanId: "1", passed: [true, true] });
    expect((await service.scans()).map(({ id }) => id)).toEqual([1]);
  });
}
