"use strict";
/**
 * What a gate does in its program (`decide`), and what its child's provider does with what it is handed (`check`), each in a
 * process of its own without an engine, so that its memory can be seen: node bare-gate.js WORK INSTALLATION INPUT OUTPUT.
 */
const fs = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join } = require("node:path");

const [work, installation, input, output] = process.argv.slice(2);
const requireThere = createRequire(join(installation, "index.js"));
/** The SDK is most of what a program and a provider hold. */
const pulumi = requireThere("@pulumi/pulumi");
const built = join(dirname(requireThere.resolve("pulumi-crashtest")), "..");
const part = (name) => require(join(built, name));

const told = {
  async decide({ source, scan, settings }) {
    const { loadBaseline } = part("gate/host/setting-files");
    const { value: baseline, problems } = await loadBaseline(settings.baseline);
    const request = { scan, settings, settingsProblems: problems, baseline, isPreview: false };
    const ports = part("gate/program/program-ports").programPorts(
      source,
      new pulumi.ComponentResource("any:index:Gate", "any"),
    );
    const decision = await part("gate/wait/decide-gate").decideGate(request, ports);
    return part("gate/host/redacted-decision").redactedDecision(decision, baseline, []);
  },

  async check({ question, verdict, baseline }) {
    const { verdictLifecycle } = part("gate/child/verdict");
    const news = { question, verdict, advisory: false, ...(question && { keepsBaseline: true }) };
    const { inputs, failures } = verdictLifecycle.check({}, baseline ? { baseline } : {}, news);
    if (question === undefined) return { failures };
    const { baselineOf } = part("gate/rules/baseline-record");
    const asked = part("gate/rules/findings-question").parseQuestionText(question);
    const table = part("gate/rules/findings-table").findingsTable(asked, baselineOf(inputs.baseline));
    return { verdict: inputs.verdict, baseline: inputs.baseline, table, failures };
  },
};

async function main() {
  const result = await told[work](JSON.parse(fs.readFileSync(input, "utf8")));
  const [, peakKib] = /^VmHWM:\s+(\d+)/m.exec(fs.readFileSync("/proc/self/status", "utf8")) ?? [];
  fs.writeFileSync(output, JSON.stringify({ ...result, peakBytes: Number(peakKib) * 1_024 }));
  process.exit(0);
}

void main();
