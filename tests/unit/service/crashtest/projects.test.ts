import { ENDPOINT, MockService, failureOf } from "./mock-service";

const NEW_PROJECT = { teamId: "42", name: "shop", url: "https://shop.example", type: "webapp" };

let service: MockService;
beforeEach(() => {
  service = new MockService();
});
afterEach(() => service.end());

describe("createProject", () => {
  test("sends the wire's names, the team as a number", async () => {
    const seen = service.answers("POST", "/projects", 201, { message: "project_created", data: { id: 7 } });

    await service.client().projects.createProject(NEW_PROJECT);

    const [request] = seen.requests;
    expect(JSON.parse(String(request?.body))).toEqual({
      team_id: 42,
      name: "shop",
      url: "https://shop.example",
      type: "webapp",
    });
    expect(request?.headers["content-type"]).toBe("application/json");
  });

  test.each([
    ["a number", 123, "123"],
    ["a text", "123", "123"],
    ["the largest number", Number.MAX_SAFE_INTEGER, "9007199254740991"],
  ])("holds an ID that arrives as %s as digits", async (_form, sent, held) => {
    service.answers("POST", "/projects", 201, { message: "project_created", data: { id: sent } });

    const created = await service.client().projects.createProject(NEW_PROJECT);

    expect(created.projectId).toBe(held);
  });

  test("gives the proof of ownership that the service asks for", async () => {
    const verification = { file_name: "crashtest-1.html", file_content: "1", dns_txt: "crashtest=1" };
    service.answers("POST", "/projects", 201, { message: "project_created", data: { id: 7, verification } });

    const created = await service.client().projects.createProject(NEW_PROJECT);

    expect(created.verification).toEqual({
      fileName: "crashtest-1.html",
      fileContent: "1",
      txtRecord: "crashtest=1",
    });
    expect(created.verificationProblems).toEqual([]);
  });

  test("keeps the project where the proof of ownership cannot be used, and says why", async () => {
    const verification = { file_name: "../crashtest-1.html", file_content: "1".repeat(200_000), dns_txt: 7 };
    service.answers("POST", "/projects", 201, { message: "project_created", data: { id: 7, verification } });

    const created = await service.client().projects.createProject(NEW_PROJECT);

    expect(created).toEqual({
      projectId: "7",
      verification: {},
      verificationProblems: [
        "file_name is not of the form crashtest-<hash>.html",
        "file_content has more than 65536 characters",
        "dns_txt is not a string",
      ],
      service: { origin: ENDPOINT },
    });
  });

  test("knows no proof of ownership where the service tells none", async () => {
    service.answers("POST", "/projects", 201, { message: "project_created", data: { id: 7 } });

    const created = await service.client().projects.createProject(NEW_PROJECT);

    expect(created.verification).toBeUndefined();
  });

  test.each([
    ["no id", {}],
    ["an id of 0", { id: 0 }],
    ["a negative id", { id: -1 }],
    ["a broken id", { id: 1.5 }],
    ["an id of words", { id: "seven" }],
    ["an id with leading zeros", { id: "007" }],
    ["null for an id", { id: null }],
  ])("refuses an answer with %s, and says what may exist", async (_form, data) => {
    service.answers("POST", "/projects", 201, { message: "project_created", data });

    const error = await failureOf(service.client().projects.createProject(NEW_PROJECT));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain('Could not create project "shop" in team 42');
    expect(error.message).toContain("data.id");
    expect(error.message).toContain("adoptProjectId");
  });

  test.each([
    [200, "project_created", "7"],
    [201, "created", "7"],
  ])("takes a %i %s for done", async (status, message, projectId) => {
    service.answers("POST", "/projects", status, { message, data: { id: 7 } });

    await expect(service.client().projects.createProject(NEW_PROJECT)).resolves.toMatchObject({ projectId });
  });

  test.each(["project_exists", "maintenance"])("takes a 200 %s for no new project", async (message) => {
    service.answers("POST", "/projects", 200, { message, data: { id: 7 } });

    const error = await failureOf(service.client().projects.createProject(NEW_PROJECT));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain(`was answered with 200 (${message}) instead of 201 or 200 project_created`);
    expect(error.message).toContain("adoptProjectId");
  });

  test("tells the fields that the service refuses", async () => {
    service.answers("POST", "/projects", 422, { message: "validation_failed", data: { url: ["is no address"] } });

    const error = await failureOf(service.client().projects.createProject(NEW_PROJECT));

    expect(error).toMatchObject({ code: "INVALID_REQUEST", status: 422 });
    expect(error.message).toContain('validation_failed {"url":["is no address"]}');
    expect(error.message).toContain("Change the values that the service names.");
  });
});

describe("deleteProject", () => {
  test("is done when the service says so", async () => {
    service.answers("DELETE", "/projects/7", 200, { message: "project_deleted" });

    await expect(service.client().projects.deleteProject("7")).resolves.toBe("deleted");
  });

  test("finds nothing where the service's own envelope says 404", async () => {
    service.answers("DELETE", "/projects/7", 404, { message: "project_not_found" });

    await expect(service.client().projects.deleteProject("7")).resolves.toBe("notFound");
  });

  test.each([
    ["a page", "<html>404</html>", "text/html"],
    ["an empty body", "", "text/plain"],
    ["JSON of a gateway", '{"error":"no route"}', "application/json"],
    ["a message that is no slug", '{"message":"Not Found"}', "application/json"],
    ["a list", "[]", "application/json"],
    ["null", "null", "application/json"],
  ])("takes a 404 with %s for an error", async (_form, body, type) => {
    service.answersText("DELETE", "/projects/7", 404, body, { "content-type": type });

    const error = await failureOf(service.client().projects.deleteProject("7"));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain("Could not delete project 7: DELETE /projects/7 was answered with status 404");
    expect(error.message).toContain("crashtest:endpoint");
  });

  test.each([
    [200, {}, "without a slug"],
    [200, { status: "maintenance" }, "without a slug"],
    [200, { message: "maintenance" }, "maintenance"],
    [200, { message: "project_not_found" }, "project_not_found"],
    [202, { message: "project_delete_queued" }, "project_delete_queued"],
    [404, { message: "route_not_found" }, "route_not_found"],
    [404, { message: "project_deleted" }, "project_deleted"],
  ])("takes a %i with %j for no word that it is done", async (status, body, said) => {
    service.answers("DELETE", "/projects/7", status, body);

    const error = await failureOf(service.client().projects.deleteProject("7"));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain(
      `Could not delete project 7: DELETE /projects/7 was answered with ${status} (${said}) ` +
        "instead of 200 project_deleted or 404 project_not_found. ",
    );
    expect(error.message).toContain("The request does not count as done");
    expect(error.message).toContain("crashtest:slugs");
  });

  test("goes by the slugs that the options name, and by no others", async () => {
    const { projects } = service.client({ slugs: { projectDeleted: "gone", projectNotFound: "no_such_project" } });
    service.answers("DELETE", "/projects/7", 200, { message: "gone" });
    service.answers("DELETE", "/projects/8", 404, { message: "no_such_project" });
    service.answers("DELETE", "/projects/9", 404, { message: "project_not_found" });

    await expect(projects.deleteProject("7")).resolves.toBe("deleted");
    await expect(projects.deleteProject("8")).resolves.toBe("notFound");
    await expect(projects.deleteProject("9")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });

  test("names what is in the way", async () => {
    service.answers("DELETE", "/projects/7", 409, { message: "project_has_schedule" });

    const error = await failureOf(service.client().projects.deleteProject("7"));

    expect(error).toMatchObject({ code: "CONFLICT", status: 409, serviceMessage: "project_has_schedule" });
    expect(error.message).toContain("(project_has_schedule). ");
    expect(error.message).toContain("resolve the conflict");
  });
});
