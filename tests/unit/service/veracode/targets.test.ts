import { failureOf } from "../crashtest/mock-service";
import { MARK, MockVeracode, problem, REST, SERVICE, target, TARGET_ID, TARGET_PATH } from "./mock-veracode";

const TEAM = "0c7fe1d2-9f3a-4b5c-8d6e-1a2b3c4d5e6f";
const PROJECT = { name: "shop", url: "https://Shop.example.com/", type: "webapp", authorizedToScan: true } as const;
const CREATE = `${REST}/targets`;
const MARK_LINE = `[pulumi-crashtest ${MARK}]`;

let service: MockVeracode;
beforeEach(() => {
  service = new MockVeracode();
});
afterEach(() => service.end());

const bodyOf = (seen: { requests: { body: unknown }[] }): unknown => JSON.parse(String(seen.requests[0]?.body));

describe("a create", () => {
  test("sends the service's words, with this attempt's mark", async () => {
    const seen = service.answers("POST", CREATE, 201, target());

    const created = await service.veracode().targets.createTarget(PROJECT);

    expect(bodyOf(seen)).toEqual({
      name: "shop",
      protocol: "HTTPS",
      url: "shop.example.com",
      target_type: "WEB_APP",
      scan_type: "QUICK",
      is_sec_lead_only: true,
      authorized_to_scan: true,
      description: MARK_LINE,
    });
    expect(created).toEqual({
      projectId: TARGET_ID,
      service: SERVICE,
      verification: undefined,
      verificationProblems: [],
      snapshot: {
        name: "shop",
        url: "https://shop.example.com",
        type: "webapp",
        scanType: "quick",
        createdAt: "2026-11-01T08:00:00.000Z",
      },
    });
  });

  test("sends all that a project can say", async () => {
    const seen = service.answers("POST", CREATE, 201, target());

    await service.veracode().targets.createTarget({
      ...PROJECT,
      url: "http://shop.example.com:8443/Api//",
      type: "api",
      scanType: "enterprise",
      teamId: TEAM,
      description: "The shop",
      apiSpecification: "https://shop.example.com/openapi.json",
    });

    expect(bodyOf(seen)).toMatchObject({
      protocol: "HTTP",
      url: "shop.example.com:8443/Api",
      target_type: "API",
      scan_type: "ENTERPRISE",
      is_sec_lead_only: false,
      teams: [TEAM],
      description: `The shop\n${MARK_LINE}`,
      api_specification_file_url: "https://shop.example.com/openapi.json",
    });
  });
});

describe("a create whose answer was lost", () => {
  /** Answers that may follow a create that was carried out. */
  const LOSSES: [string, (mock: MockVeracode) => void][] = [
    [
      "a broken connection",
      (mock) => mock.pool.intercept({ method: "POST", path: CREATE }).replyWithError(new Error("reset")),
    ],
    ["a 502 page", (mock) => mock.answersText("POST", CREATE, 502, "<html>", { "content-type": "text/html" })],
    ["a 500", (mock) => mock.answers("POST", CREATE, 500, problem(500))],
    ["JSON without an ID", (mock) => mock.answers("POST", CREATE, 201, {})],
    ["a body that was cut", (mock) => mock.answersText("POST", CREATE, 201, '{"target_id": "4b', {})],
    ["a taken name", (mock) => mock.answers("POST", CREATE, 400, problem(400, "TARGET_NAME_NOT_UNIQUE"))],
  ];

  test.each(LOSSES)("by %s is taken over by its mark; names that only contain it are ignored", async (_loss, lose) => {
    lose(service);
    const marked = target({ description: `The shop\n${MARK_LINE}` });
    service.hasTargets("shop", [
      target({ name: "shop two", target_id: "x1" }),
      target({ name: "SHOP", target_id: "x2" }),
      marked,
    ]);

    const created = await service.veracode().targets.createTarget(PROJECT);

    expect(created).toMatchObject({ projectId: TARGET_ID, snapshot: { description: "The shop" } });
  });

  test.each(LOSSES)("by %s is not taken over without its mark: what stands there is named", async (_loss, lose) => {
    lose(service);
    service.hasTargets("shop", [target({ description: "[pulumi-crashtest 00000000-0000-0000-0000-000000000000]" })]);

    const error = await failureOf(service.veracode().targets.createTarget(PROJECT));

    expect(error.code).toBe("CONFLICT");
    expect(error.message).toContain(
      `Could not create target "shop": the organisation already has a target of this name, ${TARGET_ID} (https://shop.example.com)`,
    );
    expect(error.message).toContain(`set adoptProjectId to "${TARGET_ID}"`);
  });

  test("is still unknown where nothing of the name is there", async () => {
    LOSSES[0]?.[1](service);
    service.hasTargets("shop", [target({ name: "workshop" })]);

    const error = await failureOf(service.veracode().targets.createTarget(PROJECT));

    expect(error.code).toBe("OUTCOME_UNKNOWN");
    expect(error.message).toContain('for a target "shop"');
    expect(error.message).toContain("adoptProjectId");
  });

  test("is looked for on all pages of more than 1,000 targets", async () => {
    LOSSES[0]?.[1](service);
    const pages = Array.from({ length: 6 }, (_, page) =>
      Array.from({ length: 200 }, (_each, index) =>
        target({ name: `shop ${page}-${index}`, target_id: `${page}-${index}` }),
      ),
    );
    pages.push([target({ description: MARK_LINE })]);
    pages.forEach((targets, page) => service.hasTargets("shop", targets, page, pages.length));

    await expect(service.veracode().targets.createTarget(PROJECT)).resolves.toMatchObject({ projectId: TARGET_ID });
  });

  test("fails by its own error where the look-up fails", async () => {
    LOSSES[0]?.[1](service);
    service.answers("GET", `${CREATE}?name=shop&page=0&limit=200`, 403, {});

    await expect(service.veracode().targets.createTarget(PROJECT)).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
  });

  test("is not looked for where the service refused it", async () => {
    service.answers("POST", CREATE, 400, problem(400, "INVALID_TEAM_COUNT"));

    const error = await failureOf(service.veracode().targets.createTarget(PROJECT));

    expect(error.code).toBe("INVALID_REQUEST");
    expect(error.message).toContain("INVALID_TEAM_COUNT: because of INVALID_TEAM_COUNT");
    expect(error.message).toContain("Check teamId");
  });
});

describe("a read", () => {
  test("hides the mark, and knows the team, in the case of the inputs", async () => {
    const described = {
      description: `Two\nlines\n${MARK_LINE}\n`,
      teams: [TEAM.toUpperCase()],
      is_sec_lead_only: false,
      target_type: "API",
    };
    service.answers(
      "GET",
      TARGET_PATH,
      200,
      target({ ...described, scan_type: "FULL", api_specification_file_url: null }),
    );

    await expect(service.veracode().targets.readTarget(TARGET_ID)).resolves.toEqual({
      name: "shop",
      url: "https://shop.example.com",
      type: "api",
      scanType: "full",
      teamId: TEAM,
      description: "Two\nlines",
      createdAt: "2026-11-01T08:00:00.000Z",
    });
  });

  test("of a target that is gone is a value only by the service's own word", async () => {
    service.answers("GET", TARGET_PATH, 404, problem(404));
    await expect(service.veracode().targets.readTarget(TARGET_ID)).resolves.toBe("notFound");

    service.answersText("GET", TARGET_PATH, 404, "", {});
    await expect(service.veracode().targets.readTarget(TARGET_ID)).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });
});

describe("an update", () => {
  const update = (changes: object) => service.veracode().targets.updateTarget(TARGET_ID, changes);

  test("sends only what changes, and a description without mark", async () => {
    const seen = service.answers("PUT", TARGET_PATH, 200, target({ url: "new.example.com/a" }));

    await expect(update({ url: "https://new.example.com/a/", description: "", teamId: TEAM })).resolves.toMatchObject({
      url: "https://new.example.com/a",
    });
    expect(bodyOf(seen)).toEqual({ protocol: "HTTPS", url: "new.example.com/a", description: "", teams: [TEAM] });
  });

  test("of a target that is gone is a value only if a read confirms it", async () => {
    service.answersText("PUT", TARGET_PATH, 404, "", {});
    service.answers("GET", TARGET_PATH, 404, problem(404));
    await expect(update({ name: "new" })).resolves.toBe("notFound");

    service.answersText("PUT", TARGET_PATH, 404, "", {});
    service.answers("GET", TARGET_PATH, 200, target());
    await expect(update({ name: "new" })).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });

  test("to a taken name names who has it", async () => {
    service.answers("PUT", TARGET_PATH, 400, problem(400, "TARGET_NAME_NOT_UNIQUE"));
    service.hasTargets("new", [target({ name: "new", target_id: "0815" })]);

    const error = await failureOf(update({ name: "new" }));

    expect(error.code).toBe("CONFLICT");
    expect(error.message).toContain("already has a target of this name, 0815 (https://shop.example.com)");
  });
});

describe("a delete", () => {
  const remove = () => service.veracode().targets.deleteTarget(TARGET_ID);

  test("without a body is done", async () => {
    service.answersText("DELETE", TARGET_PATH, 204, "", {});

    await expect(remove()).resolves.toBe("deleted");
  });

  test("that is answered with 404 is gone only if a read says so by the service's own word", async () => {
    service.answersText("DELETE", TARGET_PATH, 404, "", {});
    service.answers("GET", TARGET_PATH, 404, problem(404));
    await expect(remove()).resolves.toBe("notFound");
  });

  test.each([
    ["the target", 200, target(), "although the target is still there"],
    ["a page", 404, "<html>", "a body that is not the service's"],
    [
      "somebody else's Problem",
      404,
      { type: "https://front.example/404", title: "Not found", status: 404 },
      "not the service's",
    ],
  ])(
    "that is answered with 404 keeps the state where a read is answered with %s",
    async (_what, status, body, said) => {
      service.answersText("DELETE", TARGET_PATH, 404, "", {});
      service.answers("GET", TARGET_PATH, status, body);

      const error = await failureOf(remove());

      expect(error.code).toBe("UNEXPECTED_ANSWER");
      expect(error.message).toContain(said);
    },
  );

  test("that is answered with a 200 is not confirmed", async () => {
    service.answers("DELETE", TARGET_PATH, 200, {});

    await expect(remove()).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  });
});

test("nothing is sent by the ID of a target at another service", async () => {
  const { targets, runs } = service.veracode();

  for (const owner of [
    { origin: "https://api.crashtest.cloud" },
    { kind: "veracode", origin: "https://other.example" },
  ] as const) {
    for (const call of [
      targets.deleteTarget("7", { owner }),
      targets.readTarget("7", { owner }),
      targets.updateTarget("7", {}, { owner }),
      runs.startRun("7", { owner }),
      runs.stopRun("7", "1", { owner }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: "OTHER_SERVICE" });
    }
  }
});
