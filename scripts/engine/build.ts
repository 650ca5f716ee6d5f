import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { readBuiltVersion } from "./cache";
import { goBuild, requireGo } from "./go-build";
import type { EngineMaker } from "./set-up";

/** Without the `|| exit 1` a failed lookup would become `node ""`, and the engine would wait forever. */
const DYNAMIC_PROVIDER_SCRIPT = `#!/bin/sh
p=$(node -p 'require.resolve("@pulumi/pulumi/cmd/dynamic-provider")') || exit 1; exec node "$p" "$@"
`;

/** Builds the CLI and its language host for Node from the two Go modules of this repository. */
export const buildEngine: EngineMaker = async (root, context) => {
  await requireGo(context.env);
  const binDir = join(root, "bin");
  await mkdir(binDir, { recursive: true });
  const version = readBuiltVersion();
  context.say(`Building the Pulumi engine ${version} from source: about 5 minutes on two cores, once per machine.`);
  await goBuild(`pulumi ${version} (about 4 minutes)`, "cli", context, [
    "-ldflags",
    `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`,
    "-o",
    join(binDir, "pulumi"),
    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  ]);
  await goBuild("pulumi-language-nodejs (less than a minute)", "language-nodejs", context, [
    "-ldflags",
    "-s -w",
    "-o",
    join(binDir, "pulumi-language-nodejs"),
    "github.com/pulumi/pulumi/sdk/nodejs/cmd/pulumi-language-nodejs/v3",
  ]);
  const script = join(binDir, "pulumi-resource-pulumi-nodejs");
  await writeFile(script, DYNAMIC_PROVIDER_SCRIPT);
  await chmod(script, 0o755);
};
