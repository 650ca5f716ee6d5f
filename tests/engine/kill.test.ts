import { setTimeout as sleep } from "node:timers/promises";
import { gatedProgram } from "./stack/scans";
import { endAll } from "./stack/running-command";
import { TestService } from "./stack/service";
import { Stack, type StateResource } from "./stack/stack";

/** `npm run soak` asks for more rounds; a seed that was printed plays the same moments again. */
const ROUNDS = Number(process.env["CRASHTEST_KILL_ROUNDS"] ?? 5);
const SEED = Number(process.env["CRASHTEST_KILL_SEED"] ?? Date.now() % 1_000_000);

const UNDER_WAY = new Set(["queued", "running"]);

const SCAN_SECONDS = 2;
/** An `up` takes about as long as this, so that its end is met as well. */
const LATEST_KILL_MS = 6_000;
const EARLIEST_KILL_MS = 300;

jest.setTimeout((180 + ROUNDS * 120) * 1_000);

/** Numbers from 0 up to, and without, 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each round scans anew, and deploys something new behind the gate. */
const programOf = (round: number): string =>
  gatedProgram({}, { scan: { triggers: [round], whenRunning: "restart" }, heldName: `round${round}` });

let service: TestService;
let stack: Stack;

beforeEach(async () => {
  service = await TestService.start({ default: { durationSeconds: SCAN_SECONDS } });
  stack = Stack.create({ program: programOf(0), environment: service.environment });
});

interface Seen {
  /** The scan in the state; 0 where there is none. */
  scanId: number;
  /** The scan that the gate has opened on, by the state; 0 where it has not. */
  verdictScanId: number;
  /** What is deployed behind the gate. */
  held: unknown;
  /** Projects at the service that the state does not know. */
  leftovers: string[];
}

async function look(): Promise<Seen> {
  const { resources } = stack.state();
  const outputs = (name: string): StateResource["outputs"] =>
    resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;
  const verdict = outputs("safe-verdict")?.["verdict"] as { passed: boolean; scanId: string } | undefined;
  const known = new Set(resources.map(({ id }) => id));
  return {
    scanId: Number(outputs("nightly")?.["scanId"] ?? 0),
    verdictScanId: verdict?.passed === true ? Number(verdict.scanId) : 0,
    held: outputs("held")?.["name"],
    leftovers: (await service.projectIds()).filter((id) => !known.has(id)),
  };
}

/** Ends an `up` at a random moment, as the system would. */
async function killAt(atMs: number): Promise<void> {
  const run = stack.startUp();
  await Promise.race([run.ended, sleep(atMs)]);
  endAll(await run.killAlone());
  await stack.pulumi("cancel", "--yes");
}

test(`kill -9 of the CLI at ${ROUNDS} random moments loses nothing and opens no gate on an earlier scan`, async () => {
  process.stdout.write(`kill -9: ${ROUNDS} rounds, CRASHTEST_KILL_SEED=${SEED}\n`);
  const random = randomFrom(SEED);
  let before: Seen = { scanId: 0, verdictScanId: 0, held: undefined, leftovers: [] };

  for (let round = 0; round < ROUNDS; round += 1) {
    stack.write(programOf(round));
    const atMs = EARLIEST_KILL_MS + random() * (LATEST_KILL_MS - EARLIEST_KILL_MS);
    const context = `round ${round}, killed after ${Math.round(atMs)} ms`;
    await killAt(atMs);
    const killed = await look();
    await stack.up();
    const after = await look();

    /** What this round deploys stands behind this round's scan, which is a new one. */
    const isBehindGate = killed.held !== `round${round}` || killed.verdictScanId > before.scanId;
    expect([context, isBehindGate]).toEqual([context, true]);
    expect([context, after.held]).toEqual([context, `round${round}`]);
    expect([context, after.scanId > before.scanId]).toEqual([context, true]);
    expect([context, after.verdictScanId]).toEqual([context, after.scanId]);
    /** The gate has waited for its scan, and no other runs. */
    expect([context, (await service.scans()).filter(({ state }) => UNDER_WAY.has(state))]).toEqual([context, []]);
    /** A kill between the service's answer and the engine's save leaves one project behind; nothing else does. */
    const lost = killed.leftovers.filter((id) => !before.leftovers.includes(id));
    expect([context, lost.length <= 1]).toEqual([context, true]);
    expect([context, after.leftovers.filter((id) => !killed.leftovers.includes(id))]).toEqual([context, []]);
    before = after;
  }

  await stack.well("destroy", "--yes", "--skip-preview");
  expect(stack.state().resources).toEqual([]);
  expect(await service.projectIds()).toEqual(before.leftovers);
});
