import { fillTemplate, type FilledRoute } from "../client/routes";

/**
 * The route of each operation. ASSUMED: all paths except the webhook's, which are those of the vendor's published clients.
 * A test holds this table to `contract/openapi.yaml`.
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

/** The table in use: the one above, with entries replaced. */
export type RouteTable = Readonly<Record<Operation, string>>;

const ROUTE_FORM = /^(GET|POST|DELETE) (\/[^\s?#]*)$/;

const placeholders = (route: string): string => (route.match(/\{\w+\}/g) ?? []).sort().join();

/** Returns one problem for each unknown operation and each invalid route, to follow the option's name. */
export const routeProblems = (overrides: Record<string, unknown>): string[] =>
  Object.entries(overrides).flatMap(([operation, route]) => {
    if (!Object.hasOwn(ROUTES, operation)) {
      return [`has an unknown operation ${operation}: expected one of ${Object.keys(ROUTES).join(", ")}`];
    }
    const original = ROUTES[operation as Operation];
    const isValid =
      typeof route === "string" && ROUTE_FORM.test(route) && placeholders(route) === placeholders(original);
    return isValid
      ? []
      : [`has an invalid route for ${operation}: it must look like "${original}", with the same placeholders`];
  });

/** Fills in the placeholders of an operation's route. Throws a TypeError where the caller gives no value for one. */
export const fillRoute = (routes: RouteTable, operation: Operation, parameters: RouteParameters): FilledRoute =>
  fillTemplate(routes[operation], parameters);
