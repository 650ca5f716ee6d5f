import { InvalidInput, parseText, parseWebhook } from "../../service/input-parsers";
import type { Login } from "../../service/login";
import type { ServiceIdentity, TargetKind } from "../../service/service";
import { InputReader } from "./inputs";
import { type Checked, type LifecycleContext, UNKNOWN, type Values, hasUnknown } from "./lifecycle";
import { checkSpecification } from "./reach/api-specification";
import { parseLogin } from "./reach/login";
import type { WhenRunning } from "./scan-start";
import { resolveTriggers } from "./triggers";

/** The checked inputs of a scan; one of `projectId` and `webhook` is set. */
export interface ScanInputs {
  projectId?: string;
  webhook?: string;
  /** The URN of the project, where the program knows it; not kept in the state. */
  projectUrn?: string;
  /** The service that issued the project's ID, where the program knows it; not kept in the state. */
  projectOwner?: ServiceIdentity;
  /** Digests by name or index. Absent: each deployment scans. */
  triggers?: Record<string, string>;
  /** Identifies the run that starts the scan, where there are no triggers. */
  runId?: string;
  whenRunning: WhenRunning;
  /** Set where a gate refuses a scan that somebody else started. */
  refusesJoined?: true;
  /** How the scan logs in: a secret, which is never an output. */
  login?: Login;
  /** The digest of its text. */
  apiSpecification?: string;
}

const LONGEST_RUN_ID = 64;
const LONGEST_URN = 4_096;

/** Checks the inputs of a scan. */
export async function checkScan(context: LifecycleContext, olds: Values, news: Values): Promise<Checked> {
  const reader = new InputReader(news);
  reader.take("projectId", (value) => context.service.rules.parseProjectId(value));
  reader.take("webhook", parseWebhook);
  // `resourceDigests` is not kept: the state has one digest per trigger.
  reader.take("triggers", (value) => resolveTriggers(parseDigests(value), news["resourceDigests"], olds["triggers"]));
  reader.take("projectUrn", parseText(LONGEST_URN));
  reader.take("projectOwner", parseOwner);
  reader.take("runId", parseText(LONGEST_RUN_ID));
  reader.take("whenRunning", parseWhenRunning, "join");
  reader.take("refusesJoined", parseRefusal);
  if (reader.has("projectId") === reader.has("webhook")) {
    reader.fail("projectId", "or webhook must be set, but not both");
  }
  const kind = reader.has("webhook") ? "webhook" : "project";
  if (reader.inputs["whenRunning"] === "restart" && !context.service.rules.abilitiesFor(kind).canStop) {
    reader.fail("whenRunning", 'cannot be "restart" by webhook, which cannot stop a scan: use "join", or projectId');
  }
  readLogin(reader, context, kind, news["login"]);
  await readSpecification(reader, context, news);
  for (const problem of context.service.configurationProblems(kind)) reader.fail("", problem);
  return { inputs: reader.inputs, failures: reader.failures };
}

function readLogin(reader: InputReader, { service }: LifecycleContext, kind: TargetKind, given: unknown): void {
  if (!reader.has("login")) return;
  if (hasUnknown(given)) {
    reader.inputs["login"] = UNKNOWN;
    return;
  }
  const parsed = parseLogin(given, "login");
  for (const { property, reason } of parsed.failures) reader.fail(property, reason);
  if (!("login" in parsed)) return;
  const { login } = parsed;
  for (const problem of service.rules.loginProblems(login, kind)) reader.fail("login", problem);
  if (login.check !== undefined && !service.canCheckLogin) {
    reader.fail("login.check", "can only be used with crashtest-local: no other service checks a login");
  }
  reader.inputs["login"] = login;
}

async function readSpecification(reader: InputReader, context: LifecycleContext, news: Values): Promise<void> {
  if (!reader.has("apiSpecification")) return;
  const given = news["apiSpecification"];
  const checked = hasUnknown(given)
    ? { digest: UNKNOWN }
    : await checkSpecification(given, context, news["isDeployment"] !== true);
  if ("reason" in checked) reader.fail("apiSpecification", checked.reason);
  else reader.inputs["apiSpecification"] = checked.digest;
}

function parseOwner(value: unknown): ServiceIdentity {
  const { kind, origin, instance } = value as Partial<ServiceIdentity>;
  if (typeof origin === "string")
    return { origin, ...(kind === "veracode" && { kind }), ...(typeof instance === "string" && { instance }) };
  throw new InvalidInput("must identify a service");
}

function parseWhenRunning(value: unknown): WhenRunning {
  if (value === "join" || value === "restart") return value;
  throw new InvalidInput('must be "join" or "restart"');
}

function parseRefusal(value: unknown): true {
  if (value === true) return value;
  throw new InvalidInput("must be true, or absent");
}

function parseDigests(value: unknown): Values {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Values;
  throw new InvalidInput("must be a list or an object of values");
}
