import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";

import { ensureEngine } from "../engine/ensure-engine";
import { parseBenchArguments, type BenchArguments } from "./arguments";
import { formatEnds, measureEnds } from "./end";
import { measure, type Bench } from "./measure";
import { orderOf, type Sample } from "./measurement";
import { comparePolling } from "./polling";
import { formatPolling } from "./polling-report";
import { formatReport } from "./report";
import { startBenchService } from "./service";
import { formatStarts, measureStarts } from "./start";
import { createWorkspace } from "./workspace";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Other work slows the variants at random, which distorts the ratios. */
function warnOfBusyMachine(): void {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load > cores / 2)
    say(`NOTE: the machine is busy (load ${load.toFixed(1)} on ${cores} cores): the times are not reliable.`);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

async function run(bench: Bench, { sizes, roundsOf }: BenchArguments): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const projects of sizes) {
    for (let round = 0; round < roundsOf(projects); round++) {
      for (const variant of orderOf(round, bench.workspace.variants)) {
        const sample = await measure(bench, variant, projects);
        samples.push(sample);
        const times = `up ${seconds(sample.upMs)}, no-op up ${seconds(sample.noOpUpMs)}, destroy ${seconds(sample.destroyMs)}`;
        say(`${projects} projects, round ${round + 1}, ${variant}: ${times}, state ${sample.stateBytes} bytes`);
      }
    }
  }
  return samples;
}

async function measureProjects(args: BenchArguments): Promise<void> {
  const engine = await ensureEngine();
  say(`Pulumi engine ${engine.version}, Node ${process.versions.node}. 1,000 projects take about seven minutes.`);
  warnOfBusyMachine();
  const service = await startBenchService();
  try {
    const workspace = await createWorkspace(args.earlier);
    try {
      const bench = { engine, service, workspace };
      const samples = await run(bench, args);
      const starts = await measureStarts(join(workspace.pluginDirs.plugin, "pulumi-resource-crashtest"));
      const ends = await measureEnds(bench);
      ["", ...formatReport(samples), ...formatStarts(starts), formatEnds(ends)].forEach(say);
    } finally {
      await workspace.remove();
    }
  } finally {
    await service.close();
  }
}

async function main(): Promise<void> {
  const args = parseBenchArguments(process.argv.slice(2));
  if (args.parts.includes("polling")) [...formatPolling(comparePolling()), ""].forEach(say);
  if (args.parts.includes("projects")) await measureProjects(args);
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`npm run bench: ${error instanceof Error ? error.message : String(error)}\n`);
});
