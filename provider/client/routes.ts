import { ConfigurationError } from "../errors";

/**
 * Where each operation is found. ASSUMED: all paths but the webhook's, which are the ones of the vendor's published
 * clients. A test holds this table against `contract/openapi.yaml`.
 */
export const ROUTES = {
  createProject: "POST /projects",
  deleteProject: "DELETE /projects/{projectId}",
  startScan: "POST /projects/{projectId}/scans",
  stopScan: "DELETE /projects/{projectId}/scans/{scanId}",
  getScanStatus: "GET /projects/{projectId}/scans/{scanId}/status",
  getReportJson: "GET /projects/{projectId}/scans/{scanId}/report/json",
  getReportXml: "GET /projects/{projectId}/scans/{scanId}/report/xml",
  getReportPdf: "GET /projects/{projectId}/scans/{scanId}/report/pdf",
  startWebhookScan: "POST /webhook/{webhook}",
  getWebhookScanStatus: "GET /webhook/{webhook}/scans/{scanId}/status",
  getWebhookReportJunit: "GET /webhook/{webhook}/scans/{scanId}/report/junit",
} as const;

export type Operation = keyof typeof ROUTES;
export type RouteParameters = Partial<Record<"projectId" | "scanId" | "webhook", string>>;
export type HttpMethod = "GET" | "POST" | "DELETE";

/** A route with its parameters filled in. */
export interface FilledRoute {
  method: HttpMethod;
  /** The path to send. */
  path: string;
  /** The path for messages: a secret parameter stays a placeholder. */
  shownPath: string;
}

/** The table in use: the one above, with entries replaced. */
export type RouteTable = Readonly<Record<Operation, string>>;

const ROUTE_FORM = /^(GET|POST|DELETE) (\/[^\s?#]*)$/;

const placeholders = (route: string): string =>
  [...route.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1])
    .sort()
    .join();

/** One line for each unknown operation and each route of a wrong form. */
export function routeProblems(overrides: Readonly<Record<string, string>>): string[] {
  return Object.entries(overrides).flatMap(([operation, route]) => {
    if (!Object.hasOwn(ROUTES, operation)) {
      return [`routes: there is no operation ${operation}; there are ${Object.keys(ROUTES).join(", ")}`];
    }
    const original = ROUTES[operation as Operation];
    const isFit = ROUTE_FORM.test(route) && placeholders(route) === placeholders(original);
    return isFit ? [] : [`routes: ${operation} has to look like "${original}", with the same placeholders`];
  });
}

/**
 * Replaces entries of the table.
 *
 * @param overrides operation to `METHOD /path`, with the placeholders of the entry that it replaces
 * @throws ConfigurationError naming each unknown operation and each route of a wrong form
 */
export function overrideRoutes(overrides: Readonly<Record<string, string>>): RouteTable {
  const problems = routeProblems(overrides);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { ...ROUTES, ...overrides };
}

/** Fills the placeholders of an operation's route; a parameter that is missing is an error of the caller's. */
export function fillRoute(routes: RouteTable, operation: Operation, parameters: RouteParameters): FilledRoute {
  const [method, template] = routes[operation].split(" ") as [HttpMethod, string];
  const fill = (shown: boolean): string =>
    template.replace(/\{(\w+)\}/g, (placeholder, name: keyof RouteParameters) => {
      const value = parameters[name];
      if (value === undefined) throw new TypeError(`${operation} needs ${name}`);
      return shown && name === "webhook" ? placeholder : encodeURIComponent(value);
    });
  return { method, path: fill(false), shownPath: fill(true) };
}
