import { KEYS, PROJECT, TEAMS, TestService } from "../../service/test-service";

afterEach(() => TestService.closeAll());

test("a project is created with 201 and its ID, and deleted once", async () => {
  const service = await TestService.start();

  const created = await service.send("POST", "/projects", { body: PROJECT });
  const deleted = await service.send("DELETE", "/projects/1");
  const again = await service.send("DELETE", "/projects/1");

  const uuid = /"file_content":"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"/.exec(created.text)?.[1] ?? "none";
  const verification = { file_name: `crashtest-${uuid.slice(0, 8)}.html`, file_content: uuid, dns_txt: uuid };
  expect([created.status, created.json]).toEqual([201, { message: "project_created", data: { id: 1, verification } }]);
  expect([deleted.status, deleted.json]).toEqual([200, { message: "project_deleted" }]);
  expect([again.status, again.json]).toEqual([404, { message: "project_not_found" }]);
});

test("the ID of a deleted project is never used again", async () => {
  const service = await TestService.start();
  const first = await service.createProject();
  await service.send("DELETE", `/projects/${first}`);

  expect(await service.createProject()).toBe(first + 1);
});

test.each([
  ["header", "api_key"],
  ["header", "API_KEY"],
  ["query", "api_key"],
  ["query", "API_KEY"],
])("the key is taken from the %s %s", async (place, name) => {
  const service = await TestService.start();
  const path = place === "query" ? `/projects?${name}=${KEYS.anna}` : "/projects";
  const headers: Record<string, string> = place === "header" ? { [name]: KEYS.anna } : {};

  const { status } = await service.send("POST", path, { body: PROJECT, headers, key: null });

  expect(status).toBe(201);
});

test.each([
  ["no key", "/projects", {}, "api_key_missing"],
  ["a wrong key", "/projects", { api_key: "wrong" }, "api_key_unknown"],
  ["a key under another name", "/projects?Api_Key=key-of-anna-1f2e", {}, "api_key_missing"],
  ["two keys that differ", "/projects?api_key=key-of-bert-9c8d", { api_key: KEYS.anna }, "api_keys_differ"],
])("%s is 401", async (_case, path, headers, message) => {
  const service = await TestService.start();

  const answer = await service.send("POST", path, { body: PROJECT, headers, key: null });

  expect([answer.status, answer.json]).toEqual([401, { message }]);
});

test("a user can change the own team and no other", async () => {
  const service = await TestService.start({ control: true });
  const id = await service.createProject();
  const scanId = await service.startScan(id);
  const scan = `/projects/${id}/scans/${scanId}`;

  const answers = await Promise.all([
    service.send("POST", "/projects", { body: { ...PROJECT, team_id: TEAMS.bert } }),
    service.send("POST", "/projects", { body: { ...PROJECT, team_id: 999 } }),
    service.send("DELETE", `/projects/${id}`, { key: KEYS.bert }),
    service.send("POST", `/projects/${id}/scans`, { key: KEYS.bert }),
    service.send("DELETE", scan, { key: KEYS.bert }),
    service.send("GET", `${scan}/status`, { key: KEYS.bert }),
    ...["json", "xml", "pdf"].map((format) => service.send("GET", `${scan}/report/${format}`, { key: KEYS.bert })),
  ]);

  expect(answers.map(({ status, json }) => [status, json])).toEqual(
    answers.map(() => [403, { message: "not_your_team" }]),
  );
});

test("fields that are missing, wrong or unknown are 422, all by name", async () => {
  const service = await TestService.start();

  const answer = await service.send("POST", "/projects", {
    body: { team_id: "42", name: "", url: "ftp://a", extra: 1 },
  });

  expect(answer.status).toBe(422);
  expect(answer.json).toMatchObject({ message: "validation_failed" });
  const { data } = answer.json as { data: Record<string, string[]> };
  expect(Object.keys(data).sort()).toEqual(["extra", "name", "team_id", "type", "url"]);
});

test.each([
  ["name", { ...PROJECT, name: "  " }],
  ["url", { ...PROJECT, url: "http://" }],
  ["type", { ...PROJECT, type: "desktop" }],
])("a value for %s that the service does not accept is 422", async (field, body) => {
  const service = await TestService.start();

  const answer = await service.send("POST", "/projects", { body });

  expect(answer.status).toBe(422);
  expect(Object.keys((answer.json as { data: object }).data)).toEqual([field]);
});

test.each([
  ["a body that is no JSON", "POST", "/projects", { body: "{bad" }, 400, "malformed_json"],
  ["a body that is no object", "POST", "/projects", { body: [] }, 400, "malformed_request"],
  [
    "a body of another type",
    "POST",
    "/projects",
    { body: "a=b", headers: { "content-type": "text/plain" } },
    415,
    "unsupported_media_type",
  ],
  ["no body", "POST", "/projects", {}, 415, "unsupported_media_type"],
  ["a body where there is none", "DELETE", "/projects/1", { body: {} }, 400, "malformed_request"],
  ["an ID that is no number", "DELETE", "/projects/abc", {}, 400, "malformed_request"],
  ["an ID that no number holds", "DELETE", "/projects/9999999999999999", {}, 404, "project_not_found"],
  ["an unknown query parameter", "DELETE", "/projects/1?force=1", {}, 400, "malformed_request"],
  ["an unknown path", "GET", "/teams", {}, 501, "route_not_implemented"],
  ["an unknown path under a project", "DELETE", "/projects/1/members", {}, 501, "route_not_implemented"],
  ["a path in other letters", "DELETE", "/Projects/1", {}, 501, "route_not_implemented"],
  ["a slash at the end", "DELETE", "/projects/1/", {}, 501, "route_not_implemented"],
  ["a wrong method", "GET", "/projects", {}, 405, "method_not_allowed"],
  [
    "a name that is not of this machine",
    "DELETE",
    "/projects/1",
    { headers: { host: "evil.example" } },
    421,
    "host_is_not_this_service",
  ],
] as const)("%s is refused", async (_case, method, path, sent, status, message) => {
  const service = await TestService.start();
  await service.createProject();

  const answer = await service.send(method, path, sent);

  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject({ message });
});
