import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault, Script, ScriptedScan } from "crashtest-local";
import { testInEach } from "./stack/plugin-language";
import { gatedYaml, urnOf, type YamlProgram, type YamlResource } from "./stack/plugin-stack";
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

const reportOf = (body: string): Fault => {
  const headers = { "content-type": "application/xml" };
  return { kind: "status", status: 200, path: "*/report/xml", times: 9, body, headers };
};

/** Why a gate closes, and what makes it: its scan, the arguments of scan and gate, a fault of the service. */
interface Doubt {
  reason: string;
  plays?: ScriptedScan;
  scan?: object;
  gate?: object;
  fault?: Fault;
}

/** By project. */
const DOUBTS: Record<string, Doubt> = {
  failed: { reason: "scanFailed", plays: { outcome: { failed: "crashed" } } },
  login: {
    reason: "scanFailed",
    plays: { outcome: { failed: "login_failed: no page shows that it worked" } },
    scan: { login: { basic: { username: "anna", password: "wrong" } } },
  },
  stopped: { reason: "scanStopped", plays: ENDLESS },
  endless: { reason: "scanTimedOut", plays: ENDLESS, gate: { timeoutSeconds: 1 } },
  silent: {
    reason: "scanUnreachable",
    fault: { kind: "dropBeforeHandling", path: "*/status", times: 99 },
    gate: { timeoutSeconds: 1 },
  },
  unknown: { reason: "scanStatusUnknown", plays: { outcome: { statusCode: 199 } } },
  broken: { reason: "scannerFailed", plays: { errors: [{ scanner: "ssl", message: "it broke" }] } },
  cut: { reason: "reportUnreadable", fault: reportOf("<testsuites") },
  empty: { reason: "reportMissing", fault: reportOf("<testsuites/>") },
};

/** Of a project that is adopted, by the order of `DOUBTS`. */
const idOf = (project: string): number => Object.keys(DOUBTS).indexOf(project) + 1;
const targetOf = (project: string): string => `http://127.0.0.1:9/${project}`;
const SCRIPT: Script = {
  targets: Object.entries(DOUBTS).map(([project, { plays = CLEAN }]) => ({ url: targetOf(project), scans: plays })),
};

/** A project, its scan, and a gate on it, for each doubt. */
function doubtfulYaml(): YamlProgram {
  const resources = Object.entries(DOUBTS).flatMap(([project, { scan, gate }]): [string, YamlResource][] => {
    const adopted = { adoptProjectId: String(idOf(project)), url: targetOf(project) };
    const scanned = { projectId: `\${${project}.projectId}`, triggers: [1], ...scan };
    return [
      [project, { type: "crashtest:Project", properties: adopted }],
      [`${project}_scan`, { type: "crashtest:Scan", properties: scanned }],
      [
        `${project}_gate`,
        { type: "crashtest:ScanGate", properties: { scan: `\${${project}_scan}`, advisory: true, ...gate } },
      ],
    ];
  });
  const outputs = Object.keys(DOUBTS).map((project): [string, string] => [project, `\${${project}_gate.verdict}`]);
  return { resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) };
}

testInEach(
  "each doubt closes the gate, with its reason: a scan that failed, whose login failed, that somebody stopped or that does not end, an unknown status, a silent service, a scanner that broke, a report that is cut or empty",
  async (start) => {
    const { service, stack } = await start(SCRIPT, doubtfulYaml());
    for (const [name, { fault }] of Object.entries(DOUBTS)) {
      await service.api("POST", "/projects", { team_id: 42, name, url: targetOf(name), type: "webapp" });
      const path = `/projects/${idOf(name)}/scans/${fault?.path ?? ""}`;
      if (fault !== undefined) await service.addFault({ ...fault, path });
    }
    const toStop = `/projects/${idOf("stopped")}/scans/`;
    const polled = async (): Promise<string | undefined> =>
      (await service.requests())
        .map(({ path }) => path)
        .find((path) => path.startsWith(toStop) && path.endsWith("/status"));

    const run = stack.startUp();
    await service.until(async () => (await polled()) !== undefined);
    await service.api("DELETE", (await polled())?.replace("/status", "") ?? "");
    const { exitCode, output } = await run.ended;

    expect([exitCode, output]).toEqual([0, expect.anything()]);
    const verdicts = Object.entries(DOUBTS).map(([project, { reason }]) => [project, { passed: false, reason }]);
    expect(await stack.outputs()).toMatchObject(Object.fromEntries(verdicts) as object);
    expect(output).toContain("login_failed: ");
  },
);
