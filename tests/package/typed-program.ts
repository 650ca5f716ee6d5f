import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The ways in which a program in TypeScript finds a package: module, resolution, and the type of its own package. */
export const MODULES = [
  ["Node16", "Node16", "module"],
  ["CommonJS", "Node10", "commonjs"],
  ["ESNext", "Bundler", "commonjs"],
] as const;

type Modules = (typeof MODULES)[number];

/** The name of a program's folder. */
export const programName = ([, moduleResolution, type]: Modules): string => `program-${moduleResolution}-${type}`;

/** A strict program that uses the package's types, in a folder of its own; gives that. */
export function writeProgram(folder: string, modules: Modules): string {
  const [module, moduleResolution, type] = modules;
  const program = join(folder, programName(modules));
  mkdirSync(program);
  writeFileSync(join(program, "package.json"), JSON.stringify({ name: "program", private: true, type }));
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: "ES2022",
    module,
    moduleResolution,
    types: ["node"],
  };
  writeFileSync(join(program, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  writeFileSync(join(program, "index.ts"), TYPED_PROGRAM);
  return program;
}

const TYPED_PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import * as crashtest from "pulumi-crashtest";
import { createClient, type CrashtestClient } from "pulumi-crashtest/client";
import { parseFindings } from "pulumi-crashtest/findings";

const shop = new crashtest.Project("shop", { teamId: 42, url: pulumi.output("https://shop.example"), scanOnDeploy: true });
const scan: crashtest.Scan = shop.scan;
const byWebhook = new crashtest.Scan("hook", { webhook: "uuid", triggers: { build: 1 }, whenRunning: "join" });
// @ts-expect-error a scan has one target
new crashtest.Scan("both", { projectId: 1, webhook: "uuid" });
// @ts-expect-error a project has a url
new crashtest.Project("none", {});
const report = crashtest.getReportOutput({ projectId: shop.projectId, scanId: scan.scanId, format: "pdf" });
export const asset: pulumi.Output<pulumi.asset.Asset> = report.asset;
export const counts: pulumi.Output<number> = crashtest.getFindingsOutput({ projectId: 1, scanId: byWebhook.scanId }).findingCounts.high;
const client: CrashtestClient = createClient({ apiKey: "key" });
export const high: number = parseFindings("{}").findingCounts.high;
export { client };
`;
