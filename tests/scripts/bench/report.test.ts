import { endAfterInterrupt, formatEnds } from "../../../scripts/bench/end";
import { median, mediansOf, orderOf, type Sample, type Variant } from "../../../scripts/bench/measurement";
import { formatReport } from "../../../scripts/bench/report";
import { formatStarts, measureStarts } from "../../../scripts/bench/start";

function sample(variant: Variant, projects: number, upMs: number, stateBytes: number): Sample {
  return { variant, projects, upMs, noOpUpMs: 2_000, destroyMs: 1_000, stateBytes };
}

describe("median", () => {
  test.each([
    [[3], 3],
    [[9, 1, 4], 4],
    [[4, 1, 9, 2], 3],
  ])("of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test("there is none of no values", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

test("medians are taken per variant and size", () => {
  const samples = [1_000, 5_000, 2_000].map((upMs) => sample("ours", 50, upMs, 100));

  const medians = mediansOf([...samples, sample("ours", 200, 9_000, 100), sample("floor", 50, 7_000, 100)], "ours", 50);

  expect(medians).toEqual({ upMs: 2_000, noOpUpMs: 2_000, destroyMs: 1_000, stateBytes: 100 });
  expect(mediansOf(samples, "floor", 50)).toBeUndefined();
});

test("each variant is first in turn", () => {
  expect([0, 1, 2, 3].map((round) => orderOf(round, ["naive", "ours", "floor"]).join(" "))).toEqual([
    "naive ours floor",
    "ours floor naive",
    "floor naive ours",
    "naive ours floor",
  ]);
});

test("prints medians, ratios to the floor, their growth, and where the goals stand", () => {
  const lines = formatReport([
    sample("naive", 50, 4_000, 150_000),
    sample("ours", 50, 2_200, 60_000),
    sample("floor", 50, 2_000, 50_000),
    sample("naive", 1000, 70_000, 3_000_000),
    sample("ours", 1000, 42_000, 1_400_000),
    sample("floor", 1000, 35_000, 1_000_000),
  ]).map((line) => line.trim().replace(/ {2,}/g, " | "));

  expect(lines).toEqual([
    "50 projects, median of 1 round (in brackets: times the floor)",
    "up | no-op up | destroy | state",
    "naive | 4.0 s (2.00) | 2.0 s (1.00) | 1.0 s (1.00) | 150 KB (3.00)",
    "ours | 2.2 s (1.10) | 2.0 s (1.00) | 1.0 s (1.00) | 60 KB (1.20)",
    "floor | 2.0 s (1.00) | 2.0 s (1.00) | 1.0 s (1.00) | 50 KB (1.00)",
    "",
    "1000 projects, median of 1 round (in brackets: times the floor)",
    "up | no-op up | destroy | state",
    "naive | 70.0 s (2.00) | 2.0 s (1.00) | 1.0 s (1.00) | 3.00 MB (3.00)",
    "ours | 42.0 s (1.20) | 2.0 s (1.00) | 1.0 s (1.00) | 1.40 MB (1.40)",
    "floor | 35.0 s (1.00) | 2.0 s (1.00) | 1.0 s (1.00) | 1.00 MB (1.00)",
    "",
    "up: ms per project as the number of projects grows (in brackets: times the floor)",
    "50 | 1000",
    "naive | 80 (2.00) | 70 (2.00)",
    "ours | 44 (1.10) | 42 (1.20)",
    "floor | 40 (1.00) | 35 (1.00)",
    "",
    "state: bytes per project as the number of projects grows (in brackets: times the floor)",
    "50 | 1000",
    "naive | 3000 (3.00) | 3000 (3.00)",
    "ours | 1200 (1.20) | 1400 (1.40)",
    "floor | 1000 (1.00) | 1000 (1.00)",
    "",
    "ours, up of 50 projects: 1.10 times the floor, within the goal of 1.15 (best rounds: 1.10)",
    "ours, up of 1000 projects: 1.20 times the floor, ABOVE the goal of 1.15 (best rounds: 1.20)",
    "ours, state of 50 projects: 1.20 times the floor, within the goal of 1.3",
    "ours, state of 1000 projects: 1.40 times the floor, ABOVE the goal of 1.3",
    ...["up", "no-op up", "destroy", "state"].flatMap((name) =>
      [50, 1000].map((size) => `plugin, ${name} of ${size}: not measured`),
    ),
  ]);
});

test("compares the best rounds beside the medians, since other work on the machine only adds time", () => {
  const ours = [2_200, 9_000, 9_500].map((upMs) => sample("ours", 50, upMs, 60_000));
  const floor = [2_000, 2_500, 2_600].map((upMs) => sample("floor", 50, upMs, 50_000));

  expect(formatReport([...ours, ...floor])).toContain(
    "ours, up of 50 projects: 3.60 times the floor, ABOVE the goal of 1.15 (best rounds: 1.10)",
  );
});

test("an earlier release stands beside ours, with what ours takes of its times", () => {
  const samples = [sample("earlier", 50, 2_000, 60_000), sample("ours", 50, 2_100, 60_000)];

  const lines = formatReport(samples);

  expect(lines.join("\n")).toContain("earlier");
  expect(lines.at(-1)).toBe("ours, 50 projects, times the earlier release: up 1.05, no-op up 1.00, destroy 1.00");
  expect(formatReport(samples.slice(1)).join("\n")).not.toContain("times the earlier");
});

test("the plugin has goals of its own", () => {
  const lines = formatReport([sample("plugin", 50, 2_150, 52_000), sample("floor", 50, 2_000, 50_000)]);

  expect(lines).toEqual(
    expect.arrayContaining([
      "plugin, up of 50 projects: 1.07 times the floor, within the goal of 1.1 (best rounds: 1.07)",
      "plugin, no-op up of 50 projects: 1.00 times the floor, within the goal of 1.1 (best rounds: 1.00)",
      "plugin, destroy of 50 projects: 1.00 times the floor, within the goal of 1.1 (best rounds: 1.00)",
      "plugin, state of 50 projects: 1.04 times the floor, ABOVE the goal of 1.02",
    ]),
  );
});

test("the time until a plugin prints its port is measured, and one that prints none is an error", async () => {
  const { pluginMs, nodeMs } = await measureStarts("/bin/echo", 2);

  expect([pluginMs.length, nodeMs.length]).toEqual([2, 2]);
  expect(formatStarts({ pluginMs: [90, 400, 100], nodeMs: [60] })).toEqual([
    "plugin, start to port: 100 ms (best: 90 ms), within the goal of 150 ms",
    "Node alone, start to a first line: 60 ms (best: 60 ms)",
  ]);
  expect(formatStarts({ pluginMs: [200], nodeMs: [60] }).join()).toContain("ABOVE the goal of 150 ms");
  await expect(measureStarts("/bin/true", 1)).rejects.toThrow("/bin/true ended before it printed a line");
});

describe("the time from Ctrl-C to the end", () => {
  const interrupted = (program: string): Promise<number> =>
    endAfterInterrupt(process.execPath, ["-e", program], { until: /2 polls, / });

  test("is measured from the moment when the gate waits", async () => {
    const program = `
      process.on("SIGINT", () => setTimeout(process.exit, 200));
      setTimeout(() => console.log("scan 1 running, 4s elapsed, 2 polls, 59m left"), 100);
      setInterval(() => undefined, 1_000);`;

    const timeMs = await interrupted(program);

    expect(timeMs).toBeGreaterThan(190);
    expect(timeMs).toBeLessThan(5_000);
    expect(formatEnds([200, 90, 400])).toBe(
      "plugin, Ctrl-C in a gate's wait to the end of the run: 200 ms (best: 90 ms), within the goal of 1000 ms",
    );
  });

  test("is none of a run that ends by itself", async () => {
    await expect(interrupted('console.log("gate closed")')).rejects.toThrow(
      "ended before it was interrupted:\ngate closed",
    );
  });
});
