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

/** What stands around a gate. */
export interface Around {
  /** The scan's arguments beside its project. @default one trigger, so that a second run starts no scan */
  scan?: object;
  /** The project's arguments beside its address. */
  project?: object;
  /** The name of what the gate holds back, another of which replaces it. @default "held" */
  heldName?: string;
}

/** Values as a program in JavaScript writes them: all that the tests give is JSON. */
export const literal = (values: object): string => JSON.stringify(values);

/** A project and a scan of it. */
export const scannedProgram = ({ scan = { triggers: [1] }, project = {} }: Around = {}): string => `
const url = "http://127.0.0.1:9/";
const shop = new crashtest.Project("shop", { url, ...${literal(project)} });
const scan = new crashtest.Scan("nightly", { projectId: shop.projectId, ...${literal(scan)} });
exports.scanId = scan.scanId;
`;

/** The same, with a gate with these settings, and a project that depends on the gate. */
export const gatedProgram = (settings: object = {}, around: Around = {}): string => `${scannedProgram(around)}
const gate = new crashtest.ScanGate("safe", { scan, ...${literal(settings)} });
const name = ${JSON.stringify(around.heldName ?? "held")};
const held = new crashtest.Project("held", { url, name }, { dependsOn: [gate] });
exports.verdict = gate.verdict;
exports.status = gate.status;
exports.findingCounts = gate.findingCounts;
`;

/** A class of resources whose provider the engine is given as this text; that of a `pulumi.dynamic.Resource` is serialized. */
export const resourceClass = (name: string, provider: string, absentOutputs: readonly string[] = []): string => `
class ${name} extends pulumi.CustomResource {
  constructor(name, props, opts) {
    const absent = Object.fromEntries(${literal(absentOutputs)}.map((output) => [output, undefined]));
    const __provider = ${JSON.stringify(provider)};
    super("pulumi-nodejs:dynamic:Resource", name, { ...absent, ...props, __provider }, opts);
  }
}
`;

/**
 * A class of resources with an output `version` and one that is absent from the state. A change of `quiet` is an update that
 * changes no output; `fails` makes an update fail.
 */
export const SERVICE_CLASS = resourceClass(
  "Service",
  `
const outs = ({ version, quiet }) => ({ version, seen: quiet ?? "" });
const update = async (_id, _olds, news) => {
  if (news.fails) throw new Error("the service does not start");
  return { outs: outs(news) };
};
exports.handler = () => ({
  create: async (inputs) => ({ id: "service", outs: outs(inputs) }),
  diff: async (_id, olds, news) => ({ changes: olds.version !== news.version || olds.seen !== (news.quiet ?? "") }),
  update,
});`,
  ["absent"],
);
