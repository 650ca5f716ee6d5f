import { mkdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

interface Proof {
  /** The folder that is served at the web root, from this folder. */
  folder: string;
  /** Absent, like the content, where the service asks for no proof. */
  name?: string;
  content?: string;
}

const pathOf = ({ folder, name = "" }: Proof): string => join(folder, name);

async function write({ folder, name, content }: Proof): Promise<Proof> {
  if (name === undefined || content === undefined) return { folder };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), content);
  return { folder, name, content };
}

async function remove(proof: Proof): Promise<void> {
  if (proof.name === undefined) return;
  await rm(pathOf(proof), { force: true });
  // Fails where another proof is in it, which then stays.
  await rmdir(proof.folder).catch(() => undefined);
}

const provider: pulumi.dynamic.ResourceProvider<Proof, Proof> = {
  create: async (proof) => ({ id: pathOf(proof), outs: await write(proof) }),

  diff: (_id, old, proof) => {
    const isMoved = pathOf(old) !== pathOf(proof);
    return Promise.resolve({ changes: isMoved || old.content !== proof.content, replaces: isMoved ? ["name"] : [] });
  },

  update: async (_id, _old, proof) => ({ outs: await write(proof) }),

  // Asked by `refresh`, and not by `up`: whoever took the proof away wants no scans, until somebody decides otherwise.
  read: async (id, proof) => {
    if (proof?.name === undefined) return proof === undefined ? { id: "" } : { id, props: proof };
    const content = await readFile(pathOf(proof), "utf8").catch(() => undefined);
    return content === proof.content ? { id, props: proof } : { id: "" };
  },

  delete: (_id, proof) => remove(proof),
};

/**
 * The proof that the project is its owner's, put into the folder that is served at the web root. In a cloud this would
 * be an object in the site's bucket.
 */
export class ProofFile extends pulumi.dynamic.Resource {
  declare readonly name: pulumi.Output<string>;

  constructor(
    name: string,
    args: { folder: string; name: pulumi.Input<string | undefined>; content: pulumi.Input<string | undefined> },
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, args, opts, "shop", "ProofFile");
  }
}
