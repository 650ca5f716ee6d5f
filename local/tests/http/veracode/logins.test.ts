import type { ScanOutcome, Scanner, ScanRequest } from "../../../src/scanners/scanner";
import { TestService, type Reply } from "../../service/test-service";
import { BERT, codesOf, REST, TARGET, VeracodeService, WEBHOOK } from "./veracode-service";

afterEach(() => TestService.closeAll());

const SPECIFICATION = "openapi: 3.0.3\npaths: { /orders: { get: {} } }\n";
const PARSED = { operations: [{ method: "GET", path: "/orders" }] };
const FORM = { username: "bert", password: "hush-2", login_url: "https://shop.example.com/login" };
const PARAMETERS = [
  { title: "Key", type: "HTTP_HEADER", key: "X-Key", value: "hush-3" },
  { title: "Session", type: "COOKIE", key: "sid", value: "hush-4" },
];
const LOGIN = {
  basic: { username: "anna", password: "hush-1" },
  forms: [{ username: "bert", password: "hush-2", url: "https://shop.example.com/login" }],
  headers: [{ name: "X-Key", value: "hush-3" }],
  cookies: [{ name: "sid", value: "hush-4" }],
};
const CHECK = { url: "https://shop.example.com/account", contains: "Log out" };

/** A target whose scans only keep what they are asked for. */
async function withTarget(changes: object = {}) {
  const requests: ScanRequest[] = [];
  const outcome: ScanOutcome = { state: "finished", findings: {}, descriptions: [], errors: [] };
  const scanner: Scanner = {
    ...{ name: "listener", touchesTargets: false, refuse: () => undefined },
    start: (request) => {
      requests.push(request);
      return { ended: Promise.resolve(outcome), stop: () => Promise.resolve() };
    },
  };
  const service = await VeracodeService.start({ scanner, control: true });
  const { target_id: targetId } = await service.createTarget(changes);
  const { _embedded } = await service.json<{ _embedded: { analysis_profiles: { analysis_profile_id: string }[] } }>(
    ...(["GET", `${REST}/analysis_profiles?target_id=${targetId}`, 200] as const),
  );
  const profile = `${REST}/analysis_profiles/${_embedded.analysis_profiles[0]?.analysis_profile_id ?? ""}`;
  const put = (what: string, body: unknown): Promise<Reply> => service.send("PUT", `${profile}/${what}`, { body });
  const start = async (body: object = {}): Promise<ScanRequest | undefined> => {
    await service.json("POST", `${REST}/analysis_run`, 200, { id: targetId, ...body });
    await new Promise((resolve) => setImmediate(resolve));
    return requests.at(-1);
  };
  return { service, targetId, profile, put, start, requests };
}

/** Sends a form with one file, as a browser does. */
function upload(service: VeracodeService, targetId: string, text: string, field = "specFile"): Promise<Reply> {
  const lines = [
    "--limit",
    `Content-Disposition: form-data; name="${field}"; filename="openapi.yaml"`,
    "Content-Type: application/yaml",
    ...["", text, "--limit--", ""],
  ];
  const headers = { "content-type": "multipart/form-data; boundary=limit" };
  return service.send("POST", `${REST}/targets/${targetId}/spec`, { body: lines.join("\r\n"), headers });
}

test("a scan logs in as its target's profile says, and no answer repeats a secret", async () => {
  const { service, profile, put, start } = await withTarget();

  const replies = [
    await put("system_authentication", LOGIN.basic),
    await put("application_authentication?method=PATCH", FORM),
    await put("parameter_authentications", PARAMETERS),
    await service.send("GET", profile),
  ];

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(replies.map(({ text }) => text).join()).not.toContain("hush");
  await expect(start({ login_check: CHECK })).resolves.toMatchObject({ login: { ...LOGIN, check: CHECK } });
  await expect(start()).resolves.toMatchObject({ login: LOGIN });
});

test("PATCH leaves alone what it leaves out, and a list is replaced whole", async () => {
  const { put, start } = await withTarget();
  await put("application_authentication?method=PATCH", FORM);
  await put("parameter_authentications", PARAMETERS);

  await put("application_authentication?method=PATCH", { password: "new" });
  await put("application_authentication?method=PATCH", {});
  await put("parameter_authentications", PARAMETERS.slice(1));

  await expect(start()).resolves.toMatchObject({
    login: { forms: [{ ...LOGIN.forms[0], password: "new" }], headers: [], cookies: LOGIN.cookies },
  });
});

test("an empty object and an empty list remove what is set", async () => {
  const { put, start } = await withTarget();
  await put("system_authentication", LOGIN.basic);
  await put("application_authentication", FORM);
  await put("parameter_authentications", PARAMETERS);

  const replies = [
    await put("system_authentication", {}),
    await put("application_authentication", {}),
    await put("parameter_authentications", []),
  ];

  expect(replies.map(({ status, text }) => [status, text])).toEqual([
    [204, ""],
    [204, ""],
    [204, ""],
  ]);
  expect(await start()).not.toHaveProperty("login");
});

test.each<[string, unknown]>([
  ["system_authentication", { username: "anna" }],
  ["application_authentication", { username: "anna", password: "hush" }],
  ["application_authentication?method=PATCH", { password: "hush" }],
  ["parameter_authentications", [{ title: "Key", type: "HTTP_HEADER", key: "X-Key" }]],
  ["parameter_authentications", [{ ...PARAMETERS[0], type: "GET_PARAMETER" }]],
  ["parameter_authentications", PARAMETERS[0]],
])("%s with %j is a 400", async (what, body) => {
  const { put } = await withTarget();

  const reply = await put(what, body);

  expect([reply.status, codesOf(reply)]).toEqual([400, ["INVALID_REQUEST"]]);
});

test("the profile of another team's target cannot be changed", async () => {
  const { service, profile } = await withTarget();

  const reply = await service.send("PUT", `${profile}/system_authentication`, { as: BERT, body: LOGIN.basic });

  expect(reply.status).toBe(403);
});

test("a start is refused while a form is not on the target", async () => {
  const { service, targetId, put, requests } = await withTarget();
  await put("application_authentication", { ...FORM, login_url: "https://other.example.com/login" });

  const reply = await service.send("POST", `${REST}/analysis_run`, { body: { id: targetId } });

  expect([reply.status, codesOf(reply), requests]).toEqual([400, ["INVALID_REQUEST"], []]);
});

test("a specification is uploaded, takes the place of the address, and goes to the scanner", async () => {
  const address = { api_specification_file_url: "https://shop.example.com/openapi.json" };
  const { service, targetId, start } = await withTarget({ target_type: "API", ...address });
  const path = `${REST}/targets/${targetId}`;

  const reply = await upload(service, targetId, SPECIFICATION);

  expect(reply.status).toBe(200);
  expect(await service.json("GET", path, 200)).toMatchObject({ api_specification_file_url: null });
  await expect(start()).resolves.toMatchObject({ apiSpecification: PARSED });
  expect(await service.json("PUT", path, 200, { name: "new" })).toMatchObject({ api_specification_file_url: null });
  expect(await service.json("PUT", path, 200, address)).toMatchObject(address);
  expect(await start()).not.toHaveProperty("apiSpecification");
});

test.each([
  ["a document without operations", "openapi: 3.0.3\npaths: {}\n", "specFile", "API_SPEC_INVALID"],
  ["another field", SPECIFICATION, "file", "INVALID_REQUEST"],
])("an upload of %s is a 400", async (_what, text, field, code) => {
  const { service, targetId } = await withTarget();

  const reply = await upload(service, targetId, text, field);

  expect(reply.status).toBe(400);
  expect(new Set(codesOf(reply))).toEqual(new Set([code]));
});

test("an upload that is not a form is refused", async () => {
  const { service, targetId } = await withTarget();
  const path = `${REST}/targets/${targetId}/spec`;
  const headers = { "content-type": "multipart/form-data; boundary=limit" };

  const broken = await service.send("POST", path, { body: "x", headers });
  const json = await service.send("POST", path, { body: { specFile: SPECIFICATION } });

  expect([broken.status, json.status]).toEqual([400, 415]);
});

test("a start by webhook stores what its body says, and leaves the rest", async () => {
  const { service, targetId, put, start, requests } = await withTarget();
  await put("system_authentication", LOGIN.basic);
  await put("application_authentication", FORM);
  const { json } = await service.service.send("GET", `/control/projects/${targetId}/webhook`, { key: null });
  const path = `${WEBHOOK}/${(json as { data: { webhook: string } }).data.webhook}`;
  const hook = async (body: object): Promise<number> => {
    const { status } = await service.send("POST", path, { body });
    await new Promise((resolve) => setImmediate(resolve));
    return status;
  };
  const parameters = [{ type: "HEADER", key: "X-Key", value: "hush-3" }];

  const statuses = [
    await hook({ parameter_authentication: parameters, specs: { api_spec: SPECIFICATION }, login_check: CHECK }),
    await hook({ system_authentication: null }),
    await hook({ specs: {} }),
    await hook({ application_authentication: [{ username: "a", password: "b", url: "https://other.example.com/" }] }),
  ];
  const next = await start();

  const forms = LOGIN.forms;
  const headers = LOGIN.headers;
  expect(statuses).toEqual([200, 200, 400, 400]);
  expect(requests[0]).toMatchObject({
    login: { basic: LOGIN.basic, forms, headers, check: CHECK },
    apiSpecification: PARSED,
  });
  expect(requests[1]?.login).toEqual({ forms, headers, cookies: [] });
  expect(next).toMatchObject({ login: { forms, headers, cookies: [] }, apiSpecification: PARSED });
});

test("a deleted target's login is forgotten", async () => {
  const { service, targetId, put } = await withTarget();
  await put("system_authentication", LOGIN.basic);

  await service.send("DELETE", `${REST}/targets/${targetId}`);

  expect((await put("system_authentication", LOGIN.basic)).status).toBe(404);
  expect((await service.createTarget(TARGET)).target_id).not.toBe(targetId);
});
