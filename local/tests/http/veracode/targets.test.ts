import { TestService } from "../../service/test-service";
import { ANNA, BERT, codesOf, REST, TARGET, TEAMS, VeracodeService, type Target } from "./veracode-service";

afterEach(() => TestService.closeAll());

interface Page {
  _embedded: { targets: Target[] };
  _links: { href: string; rel: string }[];
  page: object;
}

const TARGETS = `${REST}/targets`;
const uuid = (team: number): string => `00000000-0000-4000-8000-${String(team).padStart(12, "0")}`;
const NO_TEAM = "12345678-1234-4234-8234-123456789012";

test("a target has all that was given, and nothing of the word that scans are allowed", async () => {
  const service = await VeracodeService.start();

  const reply = await service.send("POST", TARGETS, {
    body: {
      ...{ ...TARGET, url: "shop.example.com:8443/path", description: "two\nlines", scan_type: "ENTERPRISE" },
      ...{ is_sec_lead_only: false, teams: [TEAMS.anna] },
    },
  });

  const target = reply.json as Target;
  expect(reply.status).toBe(201);
  expect(reply.headers["location"]).toBe(`${TARGETS}/${target.target_id}`);
  expect(target).toEqual({
    target_id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    ...{ name: "shop", protocol: "HTTPS", url: "shop.example.com:8443/path", description: "two\nlines" },
    ...{ target_type: "WEB_APP", scan_type: "ENTERPRISE", is_sec_lead_only: false, teams: [TEAMS.anna] },
    ...{ created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" },
    ...{ api_specification_file_url: null, last_scan: null, status: null, max_cvss: null },
    ...{ application_name: null, application_uuid: null, application_id: null },
  });
  expect(await service.json("GET", `${TARGETS}/${target.target_id}`, 200)).toEqual(target);
});

test.each<[string, object, string[]]>([
  ["FULL", { scan_type: "FULL" }, ["DEPRECATED_SCAN_TYPE"]],
  ["no consent", { authorized_to_scan: false }, ["NOT_AUTHORIZED_TO_SCAN"]],
  ["an API without a specification", { target_type: "API" }, ["API_SPEC_URL_REQUIRED"]],
  ["no team", { is_sec_lead_only: false }, ["INVALID_TEAM_COUNT"]],
  ["another team", { is_sec_lead_only: false, teams: [TEAMS.bert] }, ["TEAM_UNAUTHORIZED"]],
  ["no such team", { is_sec_lead_only: false, teams: [NO_TEAM] }, ["TEAM_UNAUTHORIZED"]],
  ["a team for leads only", { teams: [TEAMS.anna] }, ["INVALID_SEC_LEAD_PERMISSIONS"]],
  ["a name that is taken", { name: "taken" }, ["TARGET_NAME_NOT_UNIQUE"]],
  [
    "all at once",
    { name: "taken", scan_type: "FULL", url: "localhost" },
    ["LOCALHOST_NOT_SUPPORTED_TARGET_URL", "TARGET_NAME_NOT_UNIQUE", "DEPRECATED_SCAN_TYPE"],
  ],
])("a target with %s is rejected with its code", async (_what, changes, codes) => {
  const service = await VeracodeService.start();
  await service.createTarget({ name: "taken" });

  const reply = await service.send("POST", TARGETS, { body: { ...TARGET, ...changes } });

  expect([reply.status, reply.type]).toEqual([400, "application/problem+json; charset=utf-8"]);
  expect(codesOf(reply)).toEqual(codes);
});

test("names are unique in the organisation, also across teams", async () => {
  const service = await VeracodeService.start();
  await service.createTarget();

  const reply = await service.send("POST", TARGETS, { as: BERT, body: TARGET });

  expect(codesOf(reply)).toEqual(["TARGET_NAME_NOT_UNIQUE"]);
});

test("an update changes what it mentions, and leaves the rest", async () => {
  const service = await VeracodeService.start();
  const target = await service.createTarget({ description: "old" });
  await service.createTarget({ name: "taken" });
  const path = `${TARGETS}/${target.target_id}`;
  service.service.clock.advance(1_000);

  const moved = await service.json("PUT", path, 200, { name: "new", protocol: "HTTP", url: "new.example.com" });
  const cleared = await service.json("PUT", path, 200, { description: "" });
  const same = await service.json("PUT", path, 200, { name: "new" });
  const taken = await service.send("PUT", path, { body: { name: "taken" } });
  const local = await service.send("PUT", path, { body: { url: "127.0.0.1" } });
  const fixed = await service.send("PUT", path, { body: { scan_type: "ENTERPRISE" } });

  const changes = { name: "new", protocol: "HTTP", url: "new.example.com", updated_at: "2026-01-01T00:00:01.000Z" };
  expect(moved).toEqual({ ...target, ...changes });
  expect(cleared).toEqual({ ...target, ...changes, description: null });
  expect(same).toEqual(cleared);
  expect([taken.status, codesOf(taken)]).toEqual([400, ["TARGET_NAME_NOT_UNIQUE"]]);
  expect([local.status, codesOf(local)]).toEqual([400, ["LOCALHOST_NOT_SUPPORTED_TARGET_URL"]]);
  expect([fixed.status, codesOf(fixed)]).toEqual([400, ["INVALID_REQUEST"]]);
});

test("a target can go to another team of the user, but one for leads only has none", async () => {
  const service = await VeracodeService.start({
    seed: {
      teams: [
        { id: 1, name: "A" },
        { id: 2, name: "B" },
      ],
      users: [{ name: "anna", signingKey: ANNA, teamIds: [1, 2] }],
    },
  });
  const [one, two] = [uuid(1), uuid(2)];
  const ofTeam = await service.createTarget({ is_sec_lead_only: false, teams: [one] });
  const ofLeads = await service.createTarget({ name: "leads" });

  const moved = await service.json("PUT", `${TARGETS}/${ofTeam.target_id}`, 200, { teams: [two] });
  const none = await service.send("PUT", `${TARGETS}/${ofTeam.target_id}`, { body: { teams: [] } });
  const given = await service.send("PUT", `${TARGETS}/${ofLeads.target_id}`, { body: { teams: [two] } });

  expect(moved).toMatchObject({ teams: [two] });
  expect(codesOf(none)).toEqual(["INVALID_TEAM_COUNT"]);
  expect(codesOf(given)).toEqual(["INVALID_SEC_LEAD_PERMISSIONS"]);
});

test("what belongs to another team is a 403 without a body, and is not listed", async () => {
  const service = await VeracodeService.start();
  const { target_id: id } = await service.createTarget();

  const got = await service.send("GET", `${TARGETS}/${id}`, { as: BERT });
  const deleted = await service.send("DELETE", `${TARGETS}/${id}`, { as: BERT });
  const listed = await service.send("GET", TARGETS, { as: BERT });

  expect([got.status, got.text, deleted.status]).toEqual([403, "", 403]);
  expect((listed.json as Page)._embedded.targets).toEqual([]);
});

test("more than a thousand targets are listed page by page, each once", async () => {
  const service = await VeracodeService.start();
  const count = 1_003;
  for (let number = 0; number < count; number++) await service.createTarget({ name: `target ${number}` });
  const names: unknown[] = [];
  let next: string | undefined = `${TARGETS}?limit=200`;
  let pages = 0;
  while (next !== undefined) {
    const { _embedded, _links }: Page = await service.json<Page>("GET", next, 200);
    names.push(..._embedded.targets.map(({ name }) => name));
    next = _links.find(({ rel }) => rel === "next")?.href;
    pages += 1;
  }
  const byDefault = await service.json<Page>("GET", TARGETS, 200);
  const beyond = await service.json<Page>("GET", `${TARGETS}?page=9&limit=200`, 200);
  const containing = await service.json<Page>("GET", `${TARGETS}?name=Get%2010&limit=10`, 200);

  expect([pages, new Set(names).size]).toEqual([6, count]);
  expect(byDefault.page).toEqual({ number: 0, size: 10, total_pages: 101, total_elements: count });
  expect(beyond._embedded.targets).toEqual([]);
  expect(containing.page).toMatchObject({ total_elements: 1 + 10 + 3 });
});

test.each(["limit=9", "limit=201", "limit=abc", "page=-1", "size=10", "name="])(
  "the query %s is rejected",
  async (query) => {
    const service = await VeracodeService.start();

    const reply = await service.send("GET", `${TARGETS}?${query}`);

    expect([reply.status, codesOf(reply)]).toEqual([400, ["INVALID_REQUEST"]]);
  },
);

test("each target has one analysis profile, which can be read", async () => {
  const service = await VeracodeService.start();
  const { target_id: id } = await service.createTarget();
  await service.createTarget({ name: "other" });

  const { _embedded } = await service.json<{ _embedded: { analysis_profiles: { analysis_profile_id: string }[] } }>(
    ...(["GET", `${REST}/analysis_profiles?target_id=${id}`, 200] as const),
  );
  const [profile] = _embedded.analysis_profiles;
  const got = await service.json("GET", `${REST}/analysis_profiles/${profile?.analysis_profile_id ?? ""}`, 200);
  const written = await service.send("PUT", `${REST}/analysis_profiles/${profile?.analysis_profile_id ?? ""}`, {
    body: {},
  });

  expect(_embedded.analysis_profiles).toHaveLength(1);
  expect(got).toMatchObject({ target_id: id, name: "shop" });
  expect(written.status).toBe(405);
});
