import { TestService } from "../../service/test-service";
import { codesOf, REST, TARGET, VeracodeService } from "./veracode-service";

afterEach(() => TestService.closeAll());

const TARGETS = `${REST}/targets`;

test.each<[string, object]>([
  ["an unknown field", { ...TARGET, team_id: 1 }],
  ["a missing field", { ...TARGET, scan_type: undefined }],
  ["an empty name", { ...TARGET, name: "" }],
  ["a name that is too long", { ...TARGET, name: "x".repeat(256) }],
  ["an unknown protocol", { ...TARGET, protocol: "https" }],
  ["two teams", { ...TARGET, teams: [1, 2].map((n) => `00000000-0000-4000-8000-00000000000${n}`) }],
  ["a team that is no UUID", { ...TARGET, teams: ["42"] }],
  ["null in the place of a text", { ...TARGET, description: null }],
])("%s is a 400 in the form of a problem", async (_what, body) => {
  const service = await VeracodeService.start();

  const reply = await service.send("POST", TARGETS, { body });

  expect([reply.status, reply.type]).toEqual([400, "application/problem+json; charset=utf-8"]);
  expect(new Set(codesOf(reply))).toEqual(new Set(["INVALID_REQUEST"]));
});

test("a body that is not JSON is a 400 without a body, after the signature was checked", async () => {
  const service = await VeracodeService.start();

  const signed = await service.send("POST", TARGETS, { body: "{" });
  const unsigned = await service.send("POST", TARGETS, { body: "{", as: null });

  expect([signed.status, signed.text]).toEqual([400, ""]);
  expect(unsigned.status).toBe(401);
});

test.each<["GET" | "POST" | "PUT" | "DELETE", string, number]>([
  ["GET", "/projects", 501],
  ["GET", `${REST}/schedules`, 501],
  ["GET", `${TARGETS}/`, 501],
  ["PUT", TARGETS, 405],
  ["GET", `${TARGETS}/7/analysis_runs/7`, 400],
])("%s %s is not in the contract: %i", async (method, path, status) => {
  const service = await VeracodeService.start();

  expect((await service.send(method, path)).status).toBe(status);
});

test("an answer that is not in the contract is the service's own failure", async () => {
  const overrides = { getTarget: () => ({ status: 200, body: { target_id: "1" } }) };
  const service = await VeracodeService.start({}, overrides);

  const reply = await service.send("GET", `${TARGETS}/1`);

  expect([reply.status, codesOf(reply)]).toEqual([500, ["ANSWER_BREAKS_CONTRACT"]]);
  expect(service.service.logged.join()).toContain("FAILED at GET");
});
