import { existsSync } from "node:fs";
import { proofOf } from "../consent/proof";
import { WEBHOOK_PATHS, type ApiName } from "../options";
import { Database } from "./database";
import { explained } from "./explain-error";
import { databasePath } from "./open-store";
import { createProjectStore } from "./projects";
import { requireNewest } from "./schema";

/** Users choose these texts, and the operator's terminal would execute escape sequences in them. */
const printable = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\uFFFD");

/**
 * Lists the projects of a data folder, with their webhooks and proofs of ownership, even while a service
 * uses the folder. `url` is the address that clients use, and `api` the API that they speak.
 * @throws Error if there is no database in the folder.
 */
export function listProjects(dataDir: string, url: string, api: ApiName = "crashtest"): string[] {
  const path = databasePath(dataDir);
  if (!existsSync(path))
    throw new Error(`There is no database in ${dataDir}. Start the service with --data ${dataDir} first.`);
  const database = new Database(path);
  try {
    requireNewest(database);
    const projects = createProjectStore(database).list();
    if (projects.length === 0) return ["There are no projects."];
    return projects.flatMap(({ id, targetId, teamId, name, url: target, webhook, proofSeed }) => {
      const { uuid, fileName, endpoints } = proofOf(proofSeed);
      const paths = endpoints.map(({ path }) => path).join(" or ");
      return [
        `project ${id}  team ${teamId}  ${printable(name)}  ${printable(target)}`,
        ...(api === "veracode" ? [`  target:  ${targetId}`] : []),
        `  webhook: ${url}${WEBHOOK_PATHS[api]}/${webhook}`,
        `  proof:   ${uuid}, in the file ${fileName} at the web root, as the answer to ${paths}, or as a TXT record of the host`,
      ];
    });
  } catch (error) {
    throw explained(path, error);
  } finally {
    database.close();
  }
}
