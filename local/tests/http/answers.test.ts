import { Readable } from "node:stream";
import type { Operation } from "../../src/http/operation";
import { PROJECT, TestService } from "../service/test-service";

afterEach(() => TestService.closeAll());

test.each<[string, Operation]>([
  ["a body that does not fit", () => ({ status: 201, body: { message: "project_created", data: { id: "x1" } } })],
  ["a field too many", () => ({ status: 201, body: { message: "project_created", data: { id: 1 }, extra: 1 } })],
  [
    "a status that is not in the contract",
    () => ({ status: 202, body: { message: "project_created", data: { id: 1 } } }),
  ],
  [
    "a type that is not in the contract",
    () => ({ status: 201, contentType: "text/html", content: Readable.from(["<p>"]) }),
  ],
])("an answer with %s becomes a 500 and is logged", async (_case, createProject) => {
  const service = await TestService.start({}, { createProject });

  const answer = await service.send("POST", "/projects", { body: PROJECT });

  expect([answer.status, answer.json]).toEqual([500, { message: "answer_breaks_contract" }]);
  expect(service.logged).toHaveLength(1);
  expect(service.logged[0]).toContain("FAILED at POST /projects");
});

test("an error of the service itself is a 500 that says nothing of it, and is logged", async () => {
  const createProject: Operation = () => {
    throw new Error("the inside");
  };
  const service = await TestService.start({}, { createProject });

  const answer = await service.send("POST", "/projects", { body: PROJECT });

  expect([answer.status, answer.json]).toEqual([500, { message: "internal_error" }]);
  expect(service.logged.join()).toContain("the inside");
});

test("a document that breaks off in the middle ends the connection", async () => {
  const broken = new Readable({
    read() {
      this.push("<testsuites>");
      this.destroy(new Error("lost"));
    },
  });
  const getReportXml: Operation = () => ({ status: 200, contentType: "application/xml", content: broken });
  const service = await TestService.start({}, { getReportXml });
  const id = await service.createProject();
  const scanId = await service.startScan(id);

  await expect(service.send("GET", `/projects/${id}/scans/${scanId}/report/xml`)).rejects.toThrow("other side closed");
});
