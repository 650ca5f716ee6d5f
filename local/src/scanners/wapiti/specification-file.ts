import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fields } from "../../json-shape";
import type { ApiSpecification } from "../api-specification";

/** Returns a document whose operations are all on the target, below the base path that it had. */
export function pointedAt({ document, basePath }: ApiSpecification, target: URL): Fields {
  return document["swagger"] === undefined
    ? { ...document, servers: [{ url: `${target.origin}${basePath}` }] }
    : { ...document, host: target.host, schemes: [target.protocol.replace(":", "")], basePath: basePath || "/" };
}

/** Writes the document for the scanner into the folder of its run; returns the path. */
export async function writeSpecification(
  specification: ApiSpecification,
  target: URL,
  workDir: string,
): Promise<string> {
  const path = join(workDir, "specification.json");
  await writeFile(path, JSON.stringify(pointedAt(specification, target)), { mode: 0o600 });
  return path;
}
