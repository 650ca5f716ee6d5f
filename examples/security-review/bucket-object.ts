import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** An asset as the engine hands it to a dynamic provider: plain data, of which this one reads files and texts. */
interface AssetData {
  path?: string;
  text?: string;
}

interface BucketObjectInputs {
  key: string;
  source: AssetData;
}

/** What stays in the state beside the inputs; of the asset the engine keeps the hash. */
interface BucketObjectState {
  key: string;
}

const BUCKET = "bucket";

async function put({ key, source }: BucketObjectInputs): Promise<BucketObjectState> {
  const target = join(BUCKET, key);
  await mkdir(dirname(target), { recursive: true });
  if (source.path !== undefined) await copyFile(source.path, target);
  else if (source.text !== undefined) await writeFile(target, source.text);
  else throw new Error(`the source of ${key} is neither a file nor a text`);
  return { key };
}

/** Without a `diff`: the engine itself compares the contents of two assets. */
const provider: pulumi.dynamic.ResourceProvider<BucketObjectInputs, BucketObjectState> = {
  create: async (object) => ({ id: object.key, outs: await put(object) }),
  update: async (_id, old, object) => {
    if (old.key !== object.key) await rm(join(BUCKET, old.key), { force: true });
    return { outs: await put(object) };
  },
  delete: (_id, { key }) => rm(join(BUCKET, key), { force: true }),
};

/** Stands for an object in your own bucket, so that the example runs as it is: a file in the folder `bucket`. */
export class BucketObject extends pulumi.dynamic.Resource {
  constructor(
    name: string,
    args: { key: string; source: pulumi.Input<pulumi.asset.Asset> },
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, args, opts);
  }
}
