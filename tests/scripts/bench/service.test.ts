import { createClient } from "pulumi-crashtest/client";

import { startBenchService, type BenchService } from "../../../scripts/bench/service";

let service: BenchService;

beforeEach(async () => {
  service = await startBenchService();
});

afterEach(() => service.close());

test("creates and deletes projects for the package's client, and counts them", async () => {
  const { projects } = createClient({ endpoint: service.endpoint, apiKey: "key" });
  const project = { teamId: "42", name: "shop", url: "https://shop.example.com", type: "webapp" };

  const one = await projects.createProject(project);
  const two = await projects.createProject(project);
  const deletion = await projects.deleteProject(one.projectId);

  expect(one.projectId).not.toBe(two.projectId);
  expect(deletion).toBe("deleted");
  expect(service.takeCounts()).toEqual({ created: 2, deleted: 1 });
  expect(service.takeCounts()).toEqual({ created: 0, deleted: 0 });
});
