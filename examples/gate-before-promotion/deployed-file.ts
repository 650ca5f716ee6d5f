import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as pulumi from "@pulumi/pulumi";

interface File {
  /** Where it lies, from this folder. Changing this deploys a new file, then removes the old one. */
  path: string;
  content: string;
}

async function write(file: File): Promise<File> {
  await mkdir(dirname(file.path), { recursive: true });
  await writeFile(file.path, file.content);
  return { path: file.path, content: file.content };
}

const provider: pulumi.dynamic.ResourceProvider<File, File> = {
  create: async (file) => ({ id: file.path, outs: await write(file) }),
  diff: (_id, old, file) =>
    Promise.resolve({
      changes: old.path !== file.path || old.content !== file.content,
      replaces: old.path === file.path ? [] : ["path"],
    }),
  update: async (_id, _old, file) => ({ outs: await write(file) }),
  delete: (path) => rm(path, { force: true }),
};

/** Stands for your own service, so that the example runs as it is: "deployed" is a file below this folder. */
export class DeployedFile extends pulumi.dynamic.Resource {
  declare readonly path: pulumi.Output<string>;
  declare readonly content: pulumi.Output<string>;

  constructor(
    name: string,
    args: { path: string; content: pulumi.Input<string> },
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, args, opts);
  }
}
