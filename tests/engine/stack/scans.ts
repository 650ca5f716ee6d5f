import type { ScriptedScan } from "crashtest-local";

/** Scans by script, and programs around them, as the tests of gates use them. */

const XSS = { slug: "xss", title: "Cross-site scripting", baseScore: 6.1 };
const SQL = { slug: "sql", title: "SQL injection", baseScore: 9.8 };
const at = (parameter: string, path: string): string =>
  `Found something in parameter "${parameter}" with method "get" for URL "http://127.0.0.1:9${path}", with payload "x"`;

/** Nothing was found. */
export const CLEAN: ScriptedScan = {};

/** One finding of medium severity. */
export const MEDIUM: ScriptedScan = {
  findings: { xss: [{ finding_description_slug: "xss", information: at("q", "/search") }] },
  descriptions: [XSS],
};

/** One of medium and one of critical severity. */
export const CRITICAL: ScriptedScan = {
  findings: { ...MEDIUM.findings, sqlinjection: [{ finding_description_slug: "sql", information: at("id", "/item") }] },
  descriptions: [XSS, SQL],
};

/** A scan that does not end before a test says so. */
export const ENDLESS: ScriptedScan = { durationSeconds: 3_600 };

/** A project, a scan of it, a gate with these settings, and a project that depends on the gate. */
export const gatedProgram = (settings: string, scan = "triggers: [1]"): string => `
const shop = new crashtest.Project("shop", { url: "http://127.0.0.1:9/" });
const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, ${scan} });
const gate = new crashtest.ScanGate("safe", { scan, ${settings} });
const held = new crashtest.Project("held", { url: "http://127.0.0.1:9/", name: process.env.HELD_NAME ?? "held" }, { dependsOn: [gate] });
exports.scanId = scan.scanId;
exports.verdict = gate.verdict;
exports.status = gate.status;
exports.findingCounts = gate.findingCounts;
`;

/**
 * A class of resources with an output `version` and one that is absent from the state. A change of `quiet` is an update that
 * changes no output; `fails` makes an update fail.
 */
export const SERVICE_CLASS = `
class Service extends pulumi.dynamic.Resource {
  constructor(name, props, opts) {
    const provider = {
      create: async (inputs) => ({ id: "service", outs: { version: inputs.version, seen: inputs.quiet ?? "" } }),
      diff: async (_id, olds, news) => ({ changes: olds.version !== news.version || olds.seen !== (news.quiet ?? "") }),
      update: async (_id, _olds, news) => {
        if (news.fails) throw new Error("the service does not start");
        return { outs: { version: news.version, seen: news.quiet ?? "" } };
      },
    };
    super(provider, name, { absent: undefined, ...props }, opts);
  }
}
`;
