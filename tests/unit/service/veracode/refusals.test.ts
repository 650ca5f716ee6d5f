import { failureOf } from "../crashtest/mock-service";
import { API_KEY, MockVeracode, problem, REST, TARGET_PATH } from "./mock-veracode";

const PROJECT = { name: "shop", url: "https://shop.example.com", type: "webapp", authorizedToScan: true } as const;
const NOW = Date.parse("2026-11-30T12:00:00Z");

let service: MockVeracode;
beforeEach(() => {
  service = new MockVeracode();
});
afterEach(() => service.end());

const read = () =>
  failureOf(service.veracode({ now: () => NOW }).targets.readTarget(TARGET_PATH.split("/").at(-1) ?? ""));

test.each([
  ["Mon, 30 Nov 2026 12:10:00 GMT", "The clock of this machine is 10 minutes behind"],
  ["Mon, 30 Nov 2026 11:58:30 GMT", "The clock of this machine is 2 minutes ahead"],
  ["Mon, 30 Nov 2026 12:01:01 GMT", "The clock of this machine is 1 minute behind"],
  ["Mon, 30 Nov 2026 12:00:59 GMT", "Check crashtest:veracodeApiId and crashtest:veracodeApiKey"],
  ["noon", "Check crashtest:veracodeApiId and crashtest:veracodeApiKey"],
])("a 401 of %s: %s", async (date, said) => {
  service.answersText("GET", TARGET_PATH, 401, "", { date });

  const error = await read();

  expect(error.code).toBe("UNAUTHENTICATED");
  expect(error.message).toContain(said);
});

test("a 403 without a body names the roles, and what the support asks for", async () => {
  service.answersText("GET", TARGET_PATH, 403, "", { "x-conversation-id": "4b1d-0c7f" });

  const error = await read();

  expect(error.code).toBe("FORBIDDEN");
  expect(error.message).toContain("was answered with 403 (support handle 4b1d-0c7f). ");
  expect(error.message).toContain("Security Lead");
});

test.each([["two words"], [`x${API_KEY}`], ["x".repeat(101)]])("no support handle is made of %j", async (handle) => {
  service.answersText("GET", TARGET_PATH, 403, "", { "x-conversation-id": handle });

  expect((await read()).message).not.toContain(handle);
});

test("the support handle is in the error of an answer that is not the service's, too", async () => {
  service.answersText("GET", TARGET_PATH, 404, "<html>", { "x-conversation-id": "4b1d" });

  const error = await read();

  expect(error.code).toBe("UNEXPECTED_ANSWER");
  expect(error.message).toContain("status 404 and a body that is not the service's (support handle 4b1d)");
});

test("a redirect is refused", async () => {
  service.answersText("GET", TARGET_PATH, 302, "", { location: "https://elsewhere.example" });

  expect((await read()).message).toContain("Redirects are never followed: set crashtest:endpoint");
});

test("a page of the front in the place of JSON is not an answer", async () => {
  service.answersText("GET", TARGET_PATH, 200, "<html>", { "content-type": "text/html" });

  expect((await read()).code).toBe("UNEXPECTED_ANSWER");
});

test("a 502 page of the front says so once, with what a specification has to do with it", async () => {
  service.answersText("POST", `${REST}/targets`, 502, "<html>", { "content-type": "text/html" });
  service.hasTargets("shop", []);

  const error = await failureOf(service.veracode().targets.createTarget(PROJECT));

  expect(error.code).toBe("SERVER_ERROR");
  expect(error.message).toContain("was answered with 502. ");
  expect(error.message).toContain("A gateway in front of the service answered: try again later.");
  expect(error.message).toContain("apiSpecification can be downloaded");
  expect(error.message).toContain("may have been carried out nevertheless");
});

test.each([
  ["PROTOCOL_IN_TARGET_URL", "Check url: "],
  ["TARGET_URL_NOT_LOWERCASE", "Check url: write it in lower case"],
  ["PORT_INVALID_TARGET_URL", "Check url: set its port"],
  ["TOP_LEVEL_DOMAIN_INVALID_TARGET_URL", "Check url: the service scans only public host names"],
  ["IPV6_NOT_SUPPORTED_TARGET_URL", "Check url: the service scans only public host names"],
  ["PRIVATE_IP_NOT_SUPPORTED_TARGET_URL", "Check url: the service scans only public host names"],
  ["LOCALHOST_NOT_SUPPORTED_TARGET_URL", "Check url: the service scans only public host names"],
  ["INVALID_TARGET_URL", "Check url: set it to an address that the service reaches"],
  ["USER_INFO_DETECTED_TARGET_URL", "Check url: remove the user name"],
  ["TARGET_LIMIT_EXCEEDED", "as many targets as it may"],
  ["INVALID_TEAM_COUNT", "Check teamId: "],
  ["TEAM_UNAUTHORIZED", "Check teamId: "],
  ["INVALID_SEC_LEAD_PERMISSIONS", "Check teamId: "],
  ["API_SPEC_URL_REQUIRED", "Check apiSpecification: "],
  ["DEPRECATED_SCAN_TYPE", "Check scanType: "],
  ["ORGANIZATION_FORBIDDEN", "The organisation has no DAST Essentials"],
  ["SOMETHING_NEW", "Change the values that the service names."],
])("a create that is refused with %s says: %s", async (code, said) => {
  service.answers("POST", `${REST}/targets`, 400, problem(400, code));

  const error = await failureOf(service.veracode().targets.createTarget(PROJECT));

  expect(error.code).toBe("INVALID_REQUEST");
  expect(error.message).toContain(`(${code}: because of ${code}). `);
  expect(error.message).toContain(said);
});

test("a Problem without codes says what its detail says, and one without a body that it has none", async () => {
  service.answers("GET", TARGET_PATH, 400, {
    type: "urn:problem-type:veracode:dast:bad-request",
    detail: "No such page",
  });
  expect((await read()).message).toContain("was answered with 400 (No such page)");

  service.answersText("GET", TARGET_PATH, 400, "", {});
  expect((await read()).message).toContain("was answered with status 400 and a body that is not the service's");
});

test("a 429 that asks for more than a minute is told, not waited for", async () => {
  service.answersText("GET", TARGET_PATH, 429, "", { "retry-after": "61" });

  const error = await read();

  expect(error).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 61_000 });
  expect(error.message).toContain("lower crashtest:requestsPerSecond");
});
