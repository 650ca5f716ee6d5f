import { parseApiSpecification } from "../../src/scanners/api-specification";
import { bodyOf } from "./servers";
import { describeReal, ProgressLog, REAL_TIMEOUT_MS } from "./real";
import { closeAll, create, HTML, LOOPBACK, server } from "./scanning";

jest.setTimeout(REAL_TIMEOUT_MS);
afterEach(closeAll);

const okay = { responses: { "200": { description: "done" } } };
const text = { type: "string" };
const DOCUMENT = {
  openapi: "3.0.3",
  info: { title: "orders", version: "1" },
  servers: [{ url: "https://api.shop.example/api" }],
  components: { parameters: { q: { name: "q", in: "query", schema: text } } },
  paths: {
    "/search": { get: { parameters: [{ $ref: "#/components/parameters/q" }], ...okay } },
    "/orders/{id}": { get: { parameters: [{ name: "id", in: "path", required: true, schema: text }], ...okay } },
    "/orders": {
      post: {
        requestBody: { content: { "application/json": { schema: { type: "object", properties: { note: text } } } } },
        ...okay,
      },
    },
    "/internal": { get: okay },
  },
};

describeReal("a scan with an API specification", () => {
  it("finds the hole that no link leads to, and names the operations that it could not test", async () => {
    const { url } = await server((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://site.invalid");
      if (pathname === "/api/search") response.writeHead(200, HTML).end(`No ${searchParams.get("q") ?? ""}`);
      else if (pathname.startsWith("/api/orders")) {
        void bodyOf(request).then(() => response.writeHead(200, { "Content-Type": "application/json" }).end("{}"));
      } else if (pathname === "/") response.writeHead(200, HTML).end("<p>An API</p>");
      else response.writeHead(pathname === "/api/internal" ? 403 : 404).end();
    });
    const scanner = await create({ modules: ["xss"] });
    const request = { scanId: 7, projectId: 1, target: url, addresses: LOOPBACK };
    const apiSpecification = parseApiSpecification(JSON.stringify(DOCUMENT));
    if ("problem" in apiSpecification) throw new Error(apiSpecification.problem);
    const outcome = await scanner.start({ ...request, apiSpecification }, new ProgressLog().onProgress).ended;

    expect([outcome.state, outcome.reason]).toEqual(["finished", undefined]);
    expect(outcome.findings.xss?.map(({ details }) => new URL(String(details?.request?.url)).pathname)).toEqual([
      "/api/search",
    ]);
    expect(outcome.coverage?.operations).toEqual({ tested: 3, specified: 4 });
    expect(outcome.untestedOperations).toEqual(["GET /api/internal"]);
    expect((await scanner.start(request, new ProgressLog().onProgress).ended).findings).toEqual({ xss: [] });
  });
});
