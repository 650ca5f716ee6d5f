import type { Clock } from "../../clock";
import { WEBHOOK_PATHS } from "../../options";
import type { ScanStarting } from "../../scans/start-scan";
import type { Store } from "../../store/open-store";
import type { Access } from "../access";
import type { Api } from "../api";
import { userOf } from "../requests";
import { nameInstance } from "./instance";
import { CRASHTEST_ROUTES, type CrashtestOperations } from "./operations";
import { projectOperations } from "./projects";
import { reportOperations } from "./reports";
import { scanOperations } from "./scans";
import { webhookOperations } from "./webhook";

export interface CrashtestParts extends ScanStarting {
  store: Store;
  access: Access;
  clock: Clock;
  overrides: Partial<CrashtestOperations>;
}

/** Creates the API of Crashtest Security. */
export function createCrashtestApi({ store, access, clock, runner, consent, overrides }: CrashtestParts): Api {
  const operations: CrashtestOperations = {
    ...projectOperations({ projects: store.projects, runner, access, clock }),
    ...scanOperations({ runner, consent }, access),
    ...reportOperations(access),
    ...webhookOperations({ runner, consent }, access),
    ...overrides,
  };
  return {
    contractFile: "openapi.yaml",
    securitySchemes: ["apiKeyHeader", "apiKeyHeaderUpper", "apiKeyQuery", "apiKeyQueryUpper"],
    operations,
    routes: CRASHTEST_ROUTES,
    webhookPath: WEBHOOK_PATHS.crashtest,
    setup: (teamId) => [`pulumi config set crashtest:teamId ${teamId}`, "pulumi config set --secret crashtest:apiKey"],
    before: [nameInstance(store.instance)],
    guards: [],
    authenticate: (request) => userOf(request, store.users.findByKey),
    sendRefusal: (_request, response, refusal) => {
      response.json(refusal.body);
    },
  };
}
