import { OperationWatch } from "../../src/scanners/wapiti/operation-watch";

const OPERATIONS = [
  { method: "GET", path: "/v1/orders/{id}" },
  { method: "GET", path: "/v1/orders/mine" },
  { method: "POST", path: "/v1/orders" },
];

test.each([
  [200, "GET", "/v1/orders/7?x=/a", ["GET /v1/orders/{id}"]],
  [200, "GET", "/v1/orders/mine", ["GET /v1/orders/mine"]],
  [400, "POST", "/v1/orders", ["POST /v1/orders"]],
  [422, "POST", "/v1/orders", ["POST /v1/orders"]],
  [200, "POST", "/v1/orders/7", []],
  [200, "GET", "/v1/orders/7/lines", []],
  [200, "GET", "/v2/orders/7", []],
  [200, "GET", "/v1/orders/%7Bid%7D", []],
  ...[302, 303, 307, 401, 403, 404, 405, 429, 500, 503].map((status): [number, string, string, string[]] => [
    status,
    "POST",
    "/v1/orders",
    [],
  ]),
])("%i to %s %s tests %j", (status, method, path, tested) => {
  const watch = new OperationWatch(OPERATIONS);
  watch.add(status, { method, path });

  const all = OPERATIONS.map((operation) => `${operation.method} ${operation.path}`);
  expect(watch.counts).toEqual({ tested: tested.length, specified: 3 });
  expect(all.filter((name) => !watch.untested.includes(name))).toEqual(tested);
});
