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
    const { loadBaseline } = part("sdk/gate/baseline-file");
    const { baseline, problems } = await loadBaseline(settings.baseline);
    const request = { scan, settings, settingsProblems: problems, baseline, isPreview: false };
    const ports = part("sdk/gate/program-ports").programPorts(
      source,
      new pulumi.ComponentResource("any:index:Gate", "any"),
    );
    const decision = await part("sdk/gate/decide-gate").decideGate(request, ports);
    return part("sdk/gate/redacted-decision").redactedDecision(decision, baseline, []);
  },

  async check({ question, verdict, baseline }) {
    const { verdictLifecycle } = part("provider/lifecycle/verdict");
    const news = { question, verdict, advisory: false, ...(question && { keepsBaseline: true }) };
    const { inputs, failures } = verdictLifecycle.check({}, baseline ? { baseline } : {}, news);
    if (question === undefined) return { failures };
    const { baselineOf } = part("findings/gate/baseline-record");
    const asked = part("findings/gate/question-text").parseQuestionText(question);
    const table = part("findings/gate/findings-table").findingsTable(asked, baselineOf(inputs.baseline));
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
