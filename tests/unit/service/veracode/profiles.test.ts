import type { Login } from "../../../../service/login";
import type { StartOptions } from "../../../../service/service";
import { failureOf } from "../crashtest/mock-service";
import { MockVeracode, pageOf, problem, REST, run, TARGET_ID, TARGET_PATH } from "./mock-veracode";

const PROFILE_ID = "9f3a4b5c8d6e1a2b3c4d5e6f0c7fe1d2";
const PROFILES = `${REST}/analysis_profiles?target_id=${TARGET_ID}&page=0&limit=200`;
const PROFILE = `${REST}/analysis_profiles/${PROFILE_ID}`;
const SPEC = `${TARGET_PATH}/spec`;
const START = `${REST}/analysis_run`;

const PUTS = {
  system: `${PROFILE}/system_authentication`,
  form: `${PROFILE}/application_authentication?method=PATCH`,
  noForm: `${PROFILE}/application_authentication`,
  parameters: `${PROFILE}/parameter_authentications`,
};

const BASIC = { username: "anna", password: "hush-1" };
const FORM = { url: "https://shop.example.com/login", username: "bert", password: "hush-2" };
const HEADERS = [{ name: "X-Key", value: "hush-3" }];
const COOKIES = [{ name: "sid", value: "hush-4" }];
const HEADER = { title: "X-Key", type: "HTTP_HEADER", key: "X-Key", value: "hush-3" };
const COOKIE = { title: "sid", type: "COOKIE", key: "sid", value: "hush-4" };
const LOGIN: Login = { basic: BASIC, form: [FORM], headers: HEADERS, cookies: COOKIES };
const SYSTEM_BODY = { username: "anna", password: "hush-1" };
const FORM_BODY = { username: "bert", password: "hush-2", login_url: "https://shop.example.com/login" };

let service: MockVeracode;
beforeEach(() => {
  service = new MockVeracode();
});
afterEach(() => service.end());

const start = (options: StartOptions) => service.veracode().runs.startRun(TARGET_ID, options);
const profile = (fields: object = {}) => ({
  analysis_profile_id: PROFILE_ID,
  target_id: TARGET_ID,
  name: "a",
  ...fields,
});
const hasProfiles = (...profiles: object[]) =>
  service.answers("GET", PROFILES, 200, pageOf("analysis_profiles", profiles));
const starts = () => service.answers("POST", START, 200, run("RUNNING"));

test.each<[string, StartOptions, [keyof typeof PUTS, unknown][]]>([
  ["basic authentication", { login: { basic: BASIC } }, [["system", SYSTEM_BODY]]],
  ["a form login", { login: { form: [FORM] } }, [["form", FORM_BODY]]],
  ["headers and cookies", { login: { headers: HEADERS, cookies: COOKIES } }, [["parameters", [HEADER, COOKIE]]]],
  ["a basic authentication that is no longer wanted", { formerLogin: ["basic"] }, [["system", {}]]],
  ["a form login that is no longer wanted", { formerLogin: ["form"] }, [["noForm", {}]]],
  [
    "cookies that are no longer wanted, beside headers",
    { login: { headers: HEADERS }, formerLogin: ["cookies"] },
    [["parameters", [HEADER]]],
  ],
  ["headers that are no longer wanted", { formerLogin: ["headers", "cookies"] }, [["parameters", []]]],
  [
    "all at once",
    { login: LOGIN },
    [
      ["system", SYSTEM_BODY],
      ["form", FORM_BODY],
      ["parameters", [HEADER, COOKIE]],
    ],
  ],
])("%s: the profile is set before the start, and nothing else of it", async (_what, options, expected) => {
  service.hasRuns();
  // ORG and SYSTEM profiles have no target.
  hasProfiles(profile({ analysis_profile_id: "f".repeat(32), target_id: null }), profile());
  const puts = expected.map(([name]) => service.answers("PUT", PUTS[name], 200, {}));
  const started = starts();

  await expect(start(options)).resolves.toMatchObject({ joined: false });

  const bodies = puts.map(({ requests }) => JSON.parse(String(requests[0]?.body)) as unknown);
  expect(bodies).toEqual(expected.map(([, body]) => body));
  expect(started.requests).toHaveLength(1);
});

test.each<[string, StartOptions]>([
  ["no options", {}],
  ["an empty login", { login: {}, formerLogin: [] }],
])("with %s, the profile is left alone", async (_what, options) => {
  service.hasRuns();
  starts();

  await expect(start(options)).resolves.toMatchObject({ joined: false });
});

test("a check of the login is not sent to the hosted service", async () => {
  service.hasRuns();
  const started = starts();

  await start({ login: { check: { url: "https://shop.example.com/me", contains: "Log out" } } });

  expect(JSON.parse(String(started.requests[0]?.body))).toEqual({ id: TARGET_ID });
});

test("a target that is gone is told as a value, before anything is set", async () => {
  service.answers("GET", `${TARGET_PATH}/analysis_runs?page=0&limit=200`, 404, problem(404));
  service.answers("GET", TARGET_PATH, 404, problem(404));

  await expect(start({ login: LOGIN })).resolves.toBe("projectNotFound");
});

describe("a request that fails means that nothing is started:", () => {
  test("a refusal is told with what was attempted", async () => {
    service.hasRuns();
    hasProfiles(profile());
    service.answers("PUT", PUTS.system, 200, {});
    service.answers("PUT", PUTS.form, 400, problem(400, "INVALID_LOGIN_URL"));

    const error = await failureOf(start({ login: LOGIN, apiSpecification: "{}" }));

    expect(error.code).toBe("INVALID_REQUEST");
    expect(error.message).toContain(
      `Could not set the form login of target ${TARGET_ID}, so no scan was started: PUT ${PROFILE}/application_authentication ` +
        "was answered with 400 (INVALID_LOGIN_URL",
    );
  });

  test.each([
    ["none", []],
    ["two", [profile(), profile({ analysis_profile_id: "e".repeat(32) })]],
    ["one whose ID is a path", [profile({ analysis_profile_id: "../x" })]],
  ])("of the target's own profiles, the service lists %s", async (_what, profiles) => {
    service.hasRuns();
    hasProfiles(...profiles);

    const error = await failureOf(start({ login: { basic: BASIC } }));

    expect(error.code).toBe("UNEXPECTED_ANSWER");
    expect(error.message).toContain(
      `Could not find the analysis profile of target ${TARGET_ID}, so no scan was started`,
    );
  });

  test("an upload whose answer is lost is told, with what to do", async () => {
    service.hasRuns();
    service.pool.intercept({ method: "POST", path: SPEC }).replyWithError(new Error("other side closed"));

    const error = await failureOf(start({ apiSpecification: "openapi: 3.0.3" }));

    expect(error.code).toBe("OUTCOME_UNKNOWN");
    expect(error.message).toContain(
      `Could not upload the API specification of target ${TARGET_ID}, so no scan was started`,
    );
    expect(error.message).toContain("Run again: the specification is uploaded again before the scan.");
  });
});

test.each([
  ['{"openapi":"3.0.3","info":{"title":"Läden"}}', "openapi.json", "application/json"],
  ["openapi: 3.0.3\ninfo: { title: Läden }\n", "openapi.yaml", "application/yaml"],
])("the specification %j is uploaded as the file %s", async (text, name, type) => {
  service.hasRuns();
  const upload = service.answers("POST", SPEC, 200, {});
  starts();

  await start({ apiSpecification: text });

  const { headers = {}, body } = upload.requests[0] ?? {};
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers["content-type"] ?? "")?.[1] ?? "";
  const lines = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="specFile"; filename="${name}"`,
    ...[`Content-Type: ${type}`, "", text, `--${boundary}--`],
  ];
  expect(String(body).trimEnd().split("\r\n")).toEqual(lines);
});
