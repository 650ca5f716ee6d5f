import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** A block of TypeScript. It is the file that is named right above it; any other is a fragment. */
const BLOCK = /(?:`(?<name>[\w.-]+\.ts)`:\n\n)?```ts\n(?<code>[\s\S]*?)```/g;

const CONFIGURATION = /```json\n(?<text>\{ "compilerOptions".*\})\n```/;

/** What stands around the fragments. Resources of other providers have the outputs that are used. */
const SURROUNDINGS = `
import type * as Pulumi from "@pulumi/pulumi";
import type * as Crashtest from "pulumi-crashtest";

declare class Other extends Pulumi.CustomResource {
  constructor(name: string, args: object, opts?: Pulumi.CustomResourceOptions);
}

declare global {
  const pulumi: typeof Pulumi;
  const crashtest: typeof Crashtest;
  const shop: Crashtest.Project;
  const scan: Crashtest.Scan;
  const gate: Crashtest.ScanGate;

  class Promotion extends Other {}
  namespace aws {
    namespace ecs { class Service extends Other {} }
    namespace rds { class Instance extends Other {} }
    namespace s3 { class BucketObject extends Other {} class BucketObjectv2 extends Other {} }
  }
  const site: Other & Record<"url" | "bucket" | "version", Pulumi.Output<string>>;
  const reports: Other;

  const [build, version, taskDefinition, engineVersion, projectId, scanId, json, xml, old]: string[];
}
`;

/**
 * Writes the TypeScript of README and docs as a project with README's own configuration.
 *
 * @returns the names of the files, such as README/line-146.ts
 */
export function writeDocuments(folder: string): string[] {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const docs = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  mkdirSync(folder);
  writeFileSync(join(folder, "tsconfig.json"), CONFIGURATION.exec(readme)?.groups?.["text"] ?? "");
  writeFileSync(join(folder, "surroundings.d.ts"), SURROUNDINGS);
  return ["README.md", ...docs.map((name) => join("docs", name))].flatMap((path) => writeBlocks(folder, path));
}

function writeBlocks(folder: string, path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  const document = basename(path, ".md");
  return [...text.matchAll(BLOCK)].map(({ index, groups }) => {
    const line = text.slice(0, index).split("\n").length;
    const name = join(document, groups?.["name"] ?? `line-${line}.ts`);
    mkdirSync(join(folder, document), { recursive: true });
    /** A fragment is a module of its own, too. */
    writeFileSync(join(folder, name), `${groups?.["code"] ?? ""}\nexport {};\n`);
    return name;
  });
}
