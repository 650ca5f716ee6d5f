import { ROUTES } from "pulumi-crashtest/client";
import { resolveOptions } from "../../../../service/crashtest/options";
import { CLIENT_REMEDIES } from "../../../../service/crashtest/remedies";
import { fillRoute, routeProblems } from "../../../../service/crashtest/routes";
import { WEBHOOK } from "./mock-service";

test("the table names each operation of the API once", () => {
  expect(ROUTES).toEqual({
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
  });
});

test("an override replaces its entry and no other", () => {
  const routes = resolveOptions(
    { routes: { stopScan: "POST /v2/scans/{scanId}/of/{projectId}/stop" } },
    CLIENT_REMEDIES,
  ).routes;

  expect(routes).toEqual({ ...ROUTES, stopScan: "POST /v2/scans/{scanId}/of/{projectId}/stop" });
});

test.each([
  ["another method", "PATCH /projects/{projectId}"],
  ["no method", "/projects/{projectId}"],
  ["no slash", "DELETE projects/{projectId}"],
  ["a blank in it", "DELETE /projects /{projectId}"],
  ["a placeholder missing", "DELETE /projects"],
  ["a placeholder too many", "DELETE /projects/{projectId}/{scanId}"],
  ["a placeholder twice", "DELETE /projects/{projectId}/{projectId}"],
  ["a query", "DELETE /projects/{projectId}?force=1"],
  ["a fragment", "DELETE /projects/{projectId}#now"],
  ["an address", "DELETE https://elsewhere.example/{projectId}"],
  ["nothing", ""],
])("a route with %s is refused", (_what, route) => {
  expect(routeProblems({ deleteProject: route })).toEqual([
    'has an invalid route for deleteProject: it must look like "DELETE /projects/{projectId}", with the same placeholders',
  ]);
});

test.each(["readProject", "toString", "__proto__"])("the operation %s is unknown", (operation) => {
  const problems = routeProblems(Object.fromEntries([[operation, "GET /projects"]]));

  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`has an unknown operation ${operation}: expected one of createProject, deleteProject`);
});

test("all that is wrong with the routes is said at once", () => {
  expect(routeProblems({ readProject: "GET /", startScan: "POST /", stopScan: ROUTES.stopScan })).toHaveLength(2);
});

test("parameters are filled in, and encoded so that none leaves its place", () => {
  const route = fillRoute(ROUTES, "stopScan", { projectId: "7", scanId: "../../projects/8?x#y" });

  expect(route).toEqual({
    method: "DELETE",
    path: "/projects/7/scans/..%2F..%2Fprojects%2F8%3Fx%23y",
    shownPath: "/projects/7/scans/..%2F..%2Fprojects%2F8%3Fx%23y",
  });
});

test("a webhook stands in the path that is sent and not in the one that is shown", () => {
  const route = fillRoute(ROUTES, "getWebhookScanStatus", { webhook: WEBHOOK, scanId: "5" });

  expect(route.path).toBe(`/webhook/${WEBHOOK}/scans/5/status`);
  expect(route.shownPath).toBe("/webhook/{webhook}/scans/5/status");
});

test("a missing parameter is an error of the caller's", () => {
  expect(() => fillRoute(ROUTES, "stopScan", { projectId: "7" })).toThrow(
    new TypeError("DELETE /projects/{projectId}/scans/{scanId} needs scanId"),
  );
});
