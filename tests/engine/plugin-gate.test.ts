import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { testInEach } from "./stack/plugin-language";
import { gatedYaml, urnOf } from "./stack/plugin-stack";
import { CLEAN, CRITICAL, ENDLESS, MEDIUM } from "./stack/scans";
import type { TestService } from "./stack/service";
import type { Stack } from "./stack/stack";

/** The logical names in the state. */
const namesIn = (stack: Stack): string[] => stack.state().resources.map(({ urn }) => urn.split("::").at(-1) ?? "");

const pollsOf = async (service: TestService): Promise<number> =>
  (await service.requests()).filter(({ path, status }) => path.endsWith("/status") && status === 200).length;

/** It takes a tenth of a second, and more where a machine is busy. */
const ABOUT_A_SECOND = 10;

testInEach(
  "Ctrl-C ends a wait at once, a refresh with the program does not wait, and the next up waits for the same scan, shows it, opens, and converges",
  async (start) => {
    const { service, stack } = await start({ default: { ...MEDIUM, ...ENDLESS } }, gatedYaml());
    const first = stack.startUp();
    await service.until(async () => (await pollsOf(service)) > 0);

    const seconds = await first.interrupt();
    expect(seconds).toBeLessThan(ABOUT_A_SECOND);
    await stack.well("refresh", "--run-program", "--yes", "--skip-preview");
    expect(stack.resource("nightly").outputs).toMatchObject({ scanId: "1" });
    expect(namesIn(stack)).not.toContain("held");

    await service.takeLog();
    const second = stack.startUp();
    // The scan asks once as well. The gate's first poll is told with an hour left, its second with less.
    await service.until(async () => (await pollsOf(service)) >= 3);
    await service.advance(4_000);
    const { exitCode, output } = await second.ended;

    expect([exitCode, output]).toEqual([0, expect.anything()]);
    expect(output).toMatch(/safe .*scan 1 (queued|running), \d+s elapsed, \d+ polls?, 59m \d+s left/);
    expect(output).toContain("gate open: scan 1 found 0 critical, 0 high, 1 medium");
    expect(await service.takeLog()).not.toContain("POST /projects/1/scans");
    expect(await stack.outputs()).toMatchObject({
      verdict: { passed: true, reason: "passed", scanId: "1", missingScanners: [] },
      status: { scanId: "1", state: "finished", statusCode: 102 },
      findingCounts: { critical: 0, high: 0, medium: 1, low: 0, info: 0, unknown: 0 },
    });
    await stack.well("preview", "--expect-no-changes");
    expect((await service.takeLog()).filter((line) => !line.startsWith("GET"))).toEqual([]);
  },
);

testInEach(
  "a closed gate says why and holds its dependents back; findings that are accepted, by list or by file, open it until that ends, in the preview too; destroy with the program is not held back",
  async (start) => {
    const scan = { triggers: [1, { image: "${shop.name}" }] };
    const accepting = (accept: unknown) =>
      gatedYaml({ failOn: "medium", maxFindings: { critical: 1 }, accept }, { scan });
    const { service, stack, write } = await start({ default: CRITICAL }, gatedYaml({}, { scan }));
    const writeFile = (expires: string): void => {
      const entry = `- slug: xss\n  where: /search\n  reason: known\n  expires: ${expires}\n`;
      writeFileSync(join(stack.folder, "accepted.yaml"), entry);
    };

    const before = await stack.well("preview");
    expect(await service.takeLog()).toEqual([]);
    const closed = await stack.upFails();
    const heldBack = namesIn(stack);
    write(accepting([{ slug: "xss", where: "/search", reason: "known", expires: "2999-12-31" }]));
    const byList = await stack.up();
    write(accepting("accepted.yaml"));
    writeFile("2999-12-31");
    const byFile = await stack.up();
    writeFile("2001-01-01");
    const expired = await stack.pulumi("preview");
    const destroyed = await stack.well("destroy", "--run-program", "--yes");

    expect(before).toContain("the gate will wait for the scan that the deployment starts");
    expect(before).toMatch(/verdict +: \[unknown\]/);
    // Without a code of gRPC in between.
    expect(closed).toContain("resource 'safe' has a problem: gate closed (findings): scan 1 has too many findings: ");
    expect(closed).toContain(": 1 critical (failOn: high)");
    expect(closed).toContain("critical   9.8     SQL injection (sqlinjection)");
    expect(closed).toContain(`pulumi up --replace '${urnOf("Scan", "nightly")}'`);
    expect(heldBack).toEqual(expect.arrayContaining(["shop", "nightly", "safe"]));
    expect(heldBack).not.toContain("held");
    for (const output of [byList, byFile]) expect(output).toContain("1 of them accepted");
    expect(expired.exitCode).not.toBe(0);
    expect(expired.output).toContain("gate closed (findings): scan 1 has too many findings: ");
    expect(expired.output).toContain("1 medium (failOn: medium)");
    expect(expired.output).toContain("expired on 2001-01-01: it counts again");
    expect(destroyed).not.toContain("gate closed");
    expect(stack.state().resources).toEqual([]);
  },
);

testInEach(
  "a scan that somebody else started closes the gate at once, until one of its own follows its end; whenRunning restart replaces it, and the gate opens on the scan of its own",
  async (start) => {
    const adopting = (scan: object) => gatedYaml({}, { project: { adoptProjectId: "1", name: "shop" }, scan });
    const { service, stack, write } = await start(
      { default: [ENDLESS, CLEAN, ENDLESS, CLEAN] },
      adopting({ triggers: [1] }),
    );
    await service.api("POST", "/projects", { team_id: 42, name: "shop", url: "http://127.0.0.1:9/", type: "webapp" });
    await service.api("POST", "/projects/1/scans");

    const joined = await stack.upFails();
    await service.advance(4_000);
    const afterEnd = await stack.up();
    await service.api("POST", "/projects/1/scans");
    write(adopting({ triggers: [2], whenRunning: "restart" }));
    const restarted = await stack.up();

    expect(joined).toContain("gate closed (scanJoined): scan 1 was running before this deployment");
    expect(afterEnd).toContain("gate open: scan 2");
    expect(restarted).toContain("gate open: scan 4");
  },
);
